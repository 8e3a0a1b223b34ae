// From what a chart shows to how Chart.js draws it.

import type { ChartConfiguration } from 'chart.js'

import type { ChartSpec } from '../chart-spec.ts'
import type { Theme } from '../theme.ts'
import type { Point } from './common.ts'
import { dotsConfig } from './dots.ts'
import { linesConfig } from './lines.ts'

export interface Drawing {
  readonly theme: Theme
  /** The id of the contestant that the chart is about, where it is about one. */
  readonly about?: string
}

export function configOf(
  spec: ChartSpec,
  drawing: Drawing,
): ChartConfiguration<'scatter', Point[]> {
  return spec.kind === 'dots'
    ? dotsConfig(spec, drawing)
    : linesConfig(spec, drawing)
}
