// From what a chart shows to how Chart.js draws it.

import type { ChartConfiguration } from 'chart.js'

import type { ChartSpec } from '../chart-spec.ts'
import type { Drawing, Point } from './common.ts'
import { dotsConfig } from './dots.ts'
import { linesConfig } from './lines.ts'

export function configOf(
  spec: ChartSpec,
  drawing: Drawing,
): ChartConfiguration<'scatter', Point[]> {
  return spec.kind === 'dots'
    ? dotsConfig(spec, drawing)
    : linesConfig(spec, drawing)
}
