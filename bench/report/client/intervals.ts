// A Chart.js plugin: whiskers for intervals, and arrows for bounds.

import type { Chart, Plugin } from 'chart.js'

import type { Point } from './common.ts'

/** Half the length of a whisker's cap, in pixels. */
const cap = 4

/** @param along the axis on which the values lie */
export function intervals(along: 'x' | 'y'): Plugin<'scatter'> {
  return {
    id: 'intervals',
    beforeDatasetsDraw(chart) {
      chart.data.datasets.forEach((dataset, index) => {
        const { data: elements } = chart.getDatasetMeta(index)
        ;(dataset.data as Point[]).forEach((point, at) => {
          const element = elements[at]
          if (element) draw(chart, along, point, element)
        })
      })
    },
  }
}

function draw(
  { ctx, scales }: Chart,
  along: 'x' | 'y',
  point: Point,
  middle: { x: number; y: number },
): void {
  const scale = scales[along]
  if (scale === undefined) return
  const across = middle[along === 'x' ? 'y' : 'x']
  /** From a place along and across the value to one on the canvas. */
  const at = (place: number, aside: number): [number, number] =>
    along === 'x' ? [place, across + aside] : [across + aside, place]

  ctx.save()
  ctx.strokeStyle = point.identity.colour
  ctx.lineWidth = 2
  ctx.setLineDash(point.doubtful ? [3, 3] : [])
  ctx.beginPath()
  if (point.interval) {
    const [low, high] = point.interval.map((end) =>
      scale.getPixelForValue(Math.max(end, scale.min)),
    )
    if (low !== undefined && high !== undefined) {
      ctx.moveTo(...at(low, 0))
      ctx.lineTo(...at(high, 0))
      for (const end of [low, high]) {
        ctx.moveTo(...at(end, -cap))
        ctx.lineTo(...at(end, cap))
      }
    }
  }
  ctx.stroke()
  if (point.bound) {
    ctx.setLineDash([])
    ctx.beginPath()
    // Towards more lies to the right, but upwards.
    const more = along === 'x' ? 1 : -1
    const towards = point.bound === 'at least' ? more : -more
    const tip = middle[along] + 26 * towards
    ctx.moveTo(...at(middle[along], 0))
    ctx.lineTo(...at(tip, 0))
    ctx.moveTo(...at(tip - 6 * towards, -5))
    ctx.lineTo(...at(tip, 0))
    ctx.lineTo(...at(tip - 6 * towards, 5))
    ctx.stroke()
  }
  ctx.restore()
}
