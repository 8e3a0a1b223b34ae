// Draws a line for each contestant: over a knob, or over percentiles.

import type { ChartConfiguration, ScaleOptions } from 'chart.js'

import type { Axis, LineChart } from '../chart-spec.ts'
import type { Theme } from '../theme.ts'
import {
  axisOptions,
  baseOptions,
  type Drawing,
  markerOf,
  type Point,
} from './common.ts'
import { intervals } from './intervals.ts'
import { wrap } from './wrap.ts'

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
          y: Math.max(point.value, spec.y.min),
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
        x: spec.joined
          ? axisOptions(spec.x, theme)
          : namesOptions(spec.x, theme),
        y: axisOptions(spec.y, theme),
      },
    },
    plugins: [intervals('y')],
  }
}

/** Of a character of a tick's label, on average. */
const pxOfCharacter = 6.5

/** Names without an order, where none can be left out. */
function namesOptions(axis: Axis, theme: Theme): ScaleOptions<'linear'> {
  const options = axisOptions(axis, theme)
  return {
    ...options,
    type: 'linear',
    ticks: {
      ...options.ticks,
      autoSkip: false,
      callback(at) {
        const { ticks } = axis
        const label = ticks.find((tick) => tick.at === Number(at))?.label ?? ''
        const width = this.width / ticks.length / pxOfCharacter - 1
        // What stands behind a comma is better not torn.
        return label.length > width
          ? label.split(/(?<=,) /).flatMap((part) => wrap(part, width))
          : label
      },
    },
  }
}
