// All figures that can be drawn from the committed results, by their ids, such
// as `push-latency.p50Us` and `push-latency.percentiles`.

import type { Reference } from '../../../bench/references.ts'
import type { Figure } from '../../../bench/report/figure.ts'
import type { Section } from '../../../bench/report/lookup.ts'
import { mergedSections } from '../../../bench/report/merge.ts'
import { metricFigure } from '../../../bench/report/metric-figure.ts'
import { percentileFigure } from '../../../bench/report/percentile-figure.ts'
import { titled } from '../../../bench/report/scenario.ts'
import { viewsOf } from '../../../bench/report/views.ts'
import type { Metric } from '../../../bench/result.ts'
import { splitByKnob } from './split-by-knob.ts'

export interface SiteFigure {
  readonly id: string
  readonly section: Section
  /** Absent: the chart shows percentiles. */
  readonly metric?: Metric
  readonly figure: Figure
}

/** One scenario with its figures. */
export interface SiteScenario {
  readonly section: Section
  readonly figures: readonly SiteFigure[]
}

const made = new WeakMap<readonly Reference[], readonly SiteScenario[]>()

/** @param references the newest first; made once for each array */
export function siteScenarios(
  references: readonly Reference[],
): readonly SiteScenario[] {
  const before = made.get(references)
  if (before !== undefined) return before
  const all = mergedSections(references).map((section) => ({
    section,
    figures: figuresOf(section),
  }))
  made.set(references, all)
  return all
}

/** @throws Error that names what there is, when there is no such figure */
export function siteFigure(
  references: readonly Reference[],
  id: string,
): SiteFigure {
  const all = siteScenarios(references).flatMap(({ figures }) => figures)
  const found = all.find((one) => one.id === id)
  if (found !== undefined) return found
  const ids = all.map((one) => one.id).join(', ')
  throw new Error(`There is no chart "${id}", only ${ids}.`)
}

/** The metrics that get a chart, then the percentiles. */
function figuresOf(section: Section): SiteFigure[] {
  const { scenario } = section
  const metrics = viewsOf(section).flatMap(({ metric, section: view, at }) =>
    splitByKnob(view).map((part): SiteFigure => {
      const places = [at, part.position]
      const id = [scenario.id, metric.id, ...places.map(slugOf)]
      const figure = metricFigure(part.section, metric)
      return {
        id: id.filter(Boolean).join('.'),
        section: part.section,
        metric,
        figure: titled(figure, places.filter(Boolean).join(', ')),
      }
    }),
  )
  const percentiles = percentileFigure(section)
  return [
    ...metrics.filter(({ figure }) => figure.spec),
    ...(percentiles
      ? [{ id: `${scenario.id}.percentiles`, section, figure: percentiles }]
      : []),
  ]
}

export function slugOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}
