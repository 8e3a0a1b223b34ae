// What of a scenario stands in a chart together. A knob with a few positions
// has one chart for each metric; several knobs at once would be one line over
// dozens of names, so such a scenario says itself which positions to show.

import type { Contestants, Metric, Run } from '../result.ts'
import { headlinesOf, type Section } from './lookup.ts'
import { commonOf } from './positions.ts'

export interface SectionView {
  readonly metric: Metric
  /** Only what the chart shows. */
  readonly section: Section
  /** What all that it shows has in common; empty where that is nothing. */
  readonly at: string
}

export function viewsOf(section: Section): SectionView[] {
  const { scenario } = section
  if (scenario.views === undefined)
    return headlinesOf(scenario).map((metric) => ({ metric, section, at: '' }))
  return scenario.views.flatMap((view) => {
    const metric = scenario.metrics.find(({ id }) => id === view.metric)
    const variants = view.variants.filter((one) =>
      section.variants.includes(one),
    )
    if (metric === undefined || variants.length === 0) return []
    const part = partOf(section, variants, view.of)
    const at = [view.of?.name, commonOf(variants)].filter(Boolean).join(', ')
    return part.entries.length > 0 ? [{ metric, section: part, at }] : []
  })
}

/** Of each metric the positions that are shown, once each. */
export function shownIn(section: Section): {
  readonly metric: Metric
  readonly variants: readonly string[]
}[] {
  const shown = new Map<Metric, Set<string>>()
  for (const { metric, section: part } of viewsOf(section))
    shown.set(metric, new Set([...(shown.get(metric) ?? []), ...part.variants]))
  return [...shown].map(([metric, some]) => ({
    metric,
    variants: section.variants.filter((one) => some.has(one)),
  }))
}

function partOf(
  section: Section,
  variants: readonly string[],
  of?: Contestants,
): Section {
  const isHere = (one: Pick<Run, 'variant' | 'contestant'>) =>
    variants.includes(one.variant) &&
    (of === undefined || of.ids.includes(one.contestant))
  return {
    ...section,
    variants,
    entries: section.entries.filter(({ cell }) => isHere(cell)),
    runs: section.runs.filter(isHere),
  }
}
