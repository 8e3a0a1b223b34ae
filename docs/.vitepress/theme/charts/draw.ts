// Draws a chart. Chart.js comes with this file only, and this file only when a
// chart comes near: no page waits for it.

import {
  Chart,
  LinearScale,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
} from 'chart.js'

import type { ChartSpec } from '../../../../bench/report/chart-spec.ts'
import type { Drawing } from '../../../../bench/report/client/common.ts'
import { configOf } from '../../../../bench/report/client/config.ts'

Chart.register(
  LinearScale,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
)
Chart.defaults.font.family = 'system-ui, sans-serif'

/** @returns takes the chart away again */
export function draw(
  canvas: HTMLCanvasElement,
  spec: ChartSpec,
  drawing: Drawing,
): () => void {
  const chart = new Chart(canvas, configOf(spec, drawing))
  return () => chart.destroy()
}
