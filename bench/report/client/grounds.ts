// Chart.js plugins that draw behind the dots: hatching for rows in doubt, and
// the floor with its band of noise.

import type { Chart, Plugin } from 'chart.js'

import type { DotChart } from '../chart-spec.ts'
import type { Theme } from '../theme.ts'

export function doubt({ rows }: DotChart, { hatch }: Theme): Plugin<'scatter'> {
  return {
    id: 'doubt',
    beforeDatasetsDraw(chart) {
      rows.forEach((row, at) => {
        if (row.doubtful) hatchRow(chart, at, hatch)
      })
    },
  }
}

function hatchRow({ ctx, chartArea, scales }: Chart, row: number, on: string) {
  const { left, right, width } = chartArea
  const top = scales.y?.getPixelForValue(row - 0.38) ?? 0
  const bottom = scales.y?.getPixelForValue(row + 0.38) ?? 0
  const height = bottom - top
  ctx.save()
  ctx.beginPath()
  ctx.rect(left, top, width, height)
  ctx.clip()
  ctx.beginPath()
  for (let x = left - height; x < right; x += 8) {
    ctx.moveTo(x, bottom)
    ctx.lineTo(x + height, top)
  }
  ctx.strokeStyle = on
  ctx.lineWidth = 2
  ctx.stroke()
  ctx.restore()
}

export function floorLine(
  { floor, axis }: DotChart,
  theme: Theme,
): Plugin<'scatter'> {
  return {
    id: 'floor',
    beforeDatasetsDraw({ ctx, chartArea, scales }) {
      const { x } = scales
      if (floor === undefined || x === undefined) return
      const { top, bottom } = chartArea
      const place = (value: number) =>
        x.getPixelForValue(Math.min(Math.max(value, axis.min), axis.max))
      ctx.save()
      if (floor.noise) {
        const [low, high] = floor.noise
        // However little noise there is, the band must be seen.
        const width = Math.max(place(high) - place(low), 5)
        const middle = (place(high) + place(low)) / 2
        ctx.fillStyle = theme.band
        ctx.fillRect(middle - width / 2, top, width, bottom - top)
      }
      ctx.strokeStyle = theme.dim
      ctx.lineWidth = 1.5
      ctx.setLineDash([2, 3])
      ctx.beginPath()
      ctx.moveTo(place(floor.value), top)
      ctx.lineTo(place(floor.value), bottom)
      ctx.stroke()
      ctx.restore()
    },
  }
}
