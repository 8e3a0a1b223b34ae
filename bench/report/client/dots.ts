// Draws a dot with its interval for each contestant, one below the other.

import type { ChartConfiguration } from 'chart.js'

import type { DotChart } from '../chart-spec.ts'
import {
  axisOptions,
  baseOptions,
  type Drawing,
  markerOf,
  type Point,
} from './common.ts'
import { doubt, floorLine } from './grounds.ts'
import { intervals } from './intervals.ts'
import { wrap } from './wrap.ts'

export function dotsConfig(
  spec: DotChart,
  { theme, about }: Drawing,
): ChartConfiguration<'scatter', Point[]> {
  const { rows, axis, unit } = spec
  const data = rows.map(({ label, ...reading }, row) => ({
    ...reading,
    name: label,
    x: Math.max(reading.value, axis.min),
    y: row,
  }))
  const looks = data.map((point) => markerOf(point, theme.paper))
  const isAbout = (row: number) => rows[row]?.contestant === about
  return {
    type: 'scatter',
    data: {
      datasets: [
        {
          data,
          pointRadius: rows.map(
            ({ doubtful }, row) => (doubtful ? 8 : 6) + (isAbout(row) ? 2 : 0),
          ),
          pointHoverRadius: 9,
          pointBorderWidth: 2,
          clip: false,
          pointRotation: looks.map((look) => look.rotation),
          pointStyle: looks.map((look) => look.pointStyle),
          pointBackgroundColor: looks.map((look) => look.backgroundColor),
          pointBorderColor: looks.map((look) => look.borderColor),
        },
      ],
    },
    options: {
      ...baseOptions(theme, unit),
      scales: {
        x: axisOptions(axis, theme),
        y: {
          type: 'linear',
          reverse: true,
          min: -0.6,
          max: rows.length - 0.4,
          grid: { display: false },
          border: { display: false },
          ticks: {
            autoSkip: false,
            color: theme.ink,
            font: ({ index }) => ({
              weight: isAbout(index) ? 'bold' : 'normal',
            }),
            callback(row) {
              // A phone has no room for a name on one line beside its dot.
              const width = this.chart.width < 560 ? 18 : 40
              return wrap(rows[Number(row)]?.label ?? '', width)
            },
          },
          afterBuildTicks(scale) {
            scale.ticks = rows.map((_, row) => ({ value: row }))
          },
        },
      },
    },
    plugins: [doubt(spec, theme), floorLine(spec, theme), intervals('x')],
  }
}
