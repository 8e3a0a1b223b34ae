// All figures that can be drawn from the committed results, by their ids, such
// as `push-latency.p50Us` and `push-latency.percentiles`.

import type { Reference } from '../../../bench/references.ts'
import type { Figure } from '../../../bench/report/figure.ts'
import { headlinesOf, type Section } from '../../../bench/report/lookup.ts'
import { mergedSections } from '../../../bench/report/merge.ts'
import { metricFigure } from '../../../bench/report/metric-figure.ts'
import { percentileFigure } from '../../../bench/report/percentile-figure.ts'
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
  const parts = splitByKnob(section)
  const metrics = headlinesOf(scenario).flatMap((metric) =>
    parts.map((part): SiteFigure => {
      const id = [scenario.id, metric.id, slugOf(part.position)]
      const figure = metricFigure(part.section, metric)
      return {
        id: id.filter(Boolean).join('.'),
        section: part.section,
        metric,
        figure: {
          ...figure,
          title: [figure.title, part.position].filter(Boolean).join(', '),
        },
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

function slugOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}
