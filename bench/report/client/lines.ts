// Draws a line for each contestant: over a knob, or over percentiles.

import type { ChartConfiguration } from 'chart.js'

import type { LineChart } from '../chart-spec.ts'
import { axisOptions, baseOptions, markerOf, type Point } from './common.ts'
import type { Drawing } from './config.ts'
import { intervals } from './intervals.ts'

export function linesConfig(
  spec: LineChart,
  { theme, about }: Drawing,
): ChartConfiguration<'scatter', Point[]> {
  return {
    type: 'scatter',
    data: {
      datasets: spec.lines.map(({ contestant, label, identity, points }) => {
        const isAbout = contestant === about
        const larger = isAbout ? 2 : 0
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
          borderWidth: isAbout ? 4 : about ? 1.25 : 2,
          // The smallest is drawn last, and so on top.
          order: isAbout ? 0 : 1,
          borderDash: [...identity.dash],
          clip: 12,
          pointRadius: points.map(({ marked, doubtful }) =>
            marked ? (doubtful ? 7 : about && !isAbout ? 4 : 5) + larger : 0,
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
