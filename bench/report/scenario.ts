// One scenario as a section of the page: its question, its charts with what
// they show in words and figures, and what they do not show.

import { type Figure, figure } from './figure.ts'
import { figuresTable } from './figures-table.ts'
import { type Html, html } from './html.ts'
import { describeImplementations } from './implementations.ts'
import { describeLoad } from './load-words.ts'
import { headlinesOf, type Section } from './lookup.ts'
import { metricFigure } from './metric-figure.ts'
import { percentileFigure } from './percentile-figure.ts'
import { modelMeanings } from './verdict.ts'
import { viewsOf } from './views.ts'
import { list } from './words.ts'

export function scenarioSection(section: Section): Html {
  const { scenario } = section
  const percentiles = percentileFigure(section)
  return html`<section id="${scenario.id}" class="scenario">
<h2>${scenario.title}</h2>
<p class="lead">${scenario.question}</p>
<p class="dim">${modelMeanings[scenario.model]}
${describeLoad(section.runs)}</p>
${viewsOf(section).map(({ metric, section: part, at }) =>
  figure(part, titled(metricFigure(part, metric), at)),
)}
${percentiles && figure(section, percentiles)}
${moreFigures(section)}
${caveats(section)}
</section>`
}

/** @param at what all that it shows has in common */
export function titled(it: Figure, at: string): Figure {
  return { ...it, title: [it.title, at].filter(Boolean).join(', ') }
}

/** Whose code was measured, and who was not. */
export function caveats({ entries, absent, contestants }: Section): Html {
  const here = new Set(entries.map((entry) => entry.contestant))
  return html`<div class="caveats">${describeImplementations([...here]).map(
    (sentence) => html`<p>${sentence}</p>`,
  )}${absent.map(({ contestant, reason }) => {
    const facts = contestants.find((one) => one.id === contestant)
    return html`<p><strong>${facts?.title ?? contestant}</strong> was left
out: ${reason}</p>`
  })}</div>`
}

/** The metrics that have no chart. */
export function moreFigures(section: Section): Html | undefined {
  const { metrics } = section.scenario
  const headlines = headlinesOf(section.scenario)
  const others = metrics.filter((one) => !headlines.includes(one))
  if (others.length === 0) return undefined
  // Of dozens of positions those of the first chart: the data has them all.
  const shown = viewsOf(section)[0]?.section ?? section
  return html`<details class="card"><summary>${others.length} more
${others.length === 1 ? 'figure' : 'figures'}: ${list(
    others.map((one) => one.title),
  )}</summary>
${others.map((metric) => figuresTable(shown, metric))}</details>`
}
