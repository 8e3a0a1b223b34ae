// The figure that shows a scenario's latencies from the fastest to the slowest.

import { type Curve, percentileChart } from './charts.ts'
import type { Figure } from './figure.ts'
import { html } from './html.ts'
import type { Section } from './lookup.ts'
import { percentileTable } from './percentile-table.ts'
import { distributionOf } from './percentiles.ts'
import { describeCurves, list } from './words.ts'

/** The whole distribution, at the knob's last position: the hardest. */
export function percentileFigure(section: Section): Figure | undefined {
  const variant = section.variants.at(-1) ?? ''
  const metric = section.scenario.metrics.find(
    (one) => one.from && one.better !== 'neither',
  )
  if (metric?.from === undefined) return undefined
  const curves = curvesOf(section, variant, metric.from.histogram)
  const spec = percentileChart(curves)
  if (spec === undefined) return undefined
  const left = section.entries
    .filter(({ cell }) => cell.variant === variant && cell.verdict !== 'ok')
    .map(({ contestant, cell }) => `${contestant.title} (${cell.verdict})`)
  const title = variant === '' ? 'Percentiles' : `Percentiles, ${variant}`
  return {
    title,
    note: `of “${metric.title}”, rounds with verdict ok added up`,
    spec,
    alternative: describeCurves(curves),
    words: html`<p class="words">The further to the right, the rarer and
slower. A curve ends where its samples are too few to tell more: p99.9 takes
10,000 and p99.99 takes 100,000.${
      left.length > 0 && ` Left out: ${list(left)}.`
    }</p>`,
    tables: percentileTable(`${section.scenario.title}: ${title}`, curves),
    isLong: false,
  }
}

function curvesOf(
  { entries, runs }: Section,
  variant: string,
  histogram: string,
): Curve[] {
  return entries.flatMap(({ contestant, cell, identity }) => {
    if (cell.variant !== variant || cell.verdict !== 'ok') return []
    const histograms = runs
      .filter((run) => run.contestant === contestant.id)
      .filter((run) => run.variant === variant && run.verdict === 'ok')
      .flatMap((run) => run.histograms[histogram] ?? [])
    if (histograms.length === 0) return []
    const distribution = distributionOf(histograms)
    const { id, title } = contestant
    return [{ contestant: id, label: title, identity, distribution }]
  })
}
