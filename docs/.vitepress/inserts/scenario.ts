// One scenario of the benchmark: its question, its figures, and who was asked.
// `<!-- insert scenario push-latency -->`

import { type Html, html } from '../../../bench/report/html.ts'
import { describeLoad } from '../../../bench/report/load-words.ts'
import { caveats, moreFigures } from '../../../bench/report/scenario.ts'
import { modelMeanings } from '../../../bench/report/verdict.ts'
import { sourcesOf } from '../figures/chart-file.ts'
import { figureHtml } from '../figures/figure-html.ts'
import { type SiteScenario, siteScenarios } from '../figures/site-figures.ts'
import type { InsertContext } from '../markdown/inserts.ts'

/** @throws Error that names the scenarios, when there is no such one */
export function scenario({
  args,
  isSearched,
  references,
}: InsertContext): Html {
  const all = references()
  const { section, figures } = find(siteScenarios(all), args[0] ?? '')
  const { question, model } = section.scenario
  if (isSearched) return html`<p>${question}</p>`
  return html`<div class="bench-scenario"><p class="lead">${question}</p>
<p class="dim">${modelMeanings[model]} ${describeLoad(section.runs)}</p>
${figures.map((it) => figureHtml(it, { isNamed: true, sources: sourcesOf(it, all) }))}
${moreFigures(section)}
${caveats(section)}</div>`
}

function find(all: readonly SiteScenario[], id: string): SiteScenario {
  const found = all.find(({ section }) => section.scenario.id === id)
  if (found !== undefined) return found
  const ids = all.map(({ section }) => section.scenario.id).join(', ')
  throw new Error(`No committed result has a scenario "${id}", only ${ids}.`)
}
