// Draws a line for each contestant: over a knob, or over percentiles.

import type { ChartConfiguration } from 'chart.js'

import type { LineChart } from '../chart-spec.ts'
import type { Theme } from '../theme.ts'
import { axisOptions, baseOptions, markerOf, type Point } from './common.ts'
import { intervals } from './intervals.ts'

export function linesConfig(
  spec: LineChart,
  theme: Theme,
): ChartConfiguration<'scatter', Point[]> {
  return {
    type: 'scatter',
    data: {
      datasets: spec.lines.map(({ label, identity, points }) => {
        const data = points.map((point) => ({
          ...point,
          y: point.value,
          name: label,
          identity,
        }))
        const looks = data.map((point) => markerOf(point, theme.paper))
        return {
          data,
          showLine: spec.joined,
          borderColor: identity.colour,
          borderWidth: 2,
          borderDash: [...identity.dash],
          clip: 12,
          pointRadius: points.map(({ marked, doubtful }) =>
            marked ? (doubtful ? 7 : 5) : 0,
          ),
          pointHoverRadius: points.map(({ marked }) => (marked ? 7 : 0)),
          pointHitRadius: points.map(({ marked }) => (marked ? 6 : 0)),
          pointBorderWidth: 2,
          pointRotation: looks.map((look) => look.rotation),
          pointStyle: looks.map((look) => look.pointStyle),
          pointBackgroundColor: looks.map((look) => look.backgroundColor),
          pointBorderColor: looks.map((look) => look.borderColor),
        }
      }),
    },
    options: {
      ...baseOptions(theme, spec.unit),
      scales: {
        x: axisOptions(spec.x, theme),
        y: axisOptions(spec.y, theme),
      },
    },
    plugins: [intervals('y')],
  }
}
