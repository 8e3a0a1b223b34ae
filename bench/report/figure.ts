// A chart with its title, what it shows and hides, and the same in words.

import type { ChartSpec, LineChart } from './chart-spec.ts'
import { type Content, type Html, html, scriptJson } from './html.ts'
import type { Section } from './lookup.ts'
import { swatch } from './swatch.ts'

export interface Figure {
  readonly title: string
  readonly note: string
  readonly spec: ChartSpec | undefined
  /** What the chart shows, for those who do not see it. */
  readonly alternative: string
  readonly words: Content
  readonly more?: Content
}

export function figure({ scenario }: Section, it: Figure): Html {
  const { spec } = it
  const label = `Chart: ${scenario.title}, ${it.title}. ${it.alternative}`
  return html`<figure class="card">
<h3>${it.title} <small>${it.note}</small></h3>
${
  spec &&
  html`${spec.kind === 'lines' && keys(spec)}
<div class="chart" style="--rows: ${rowsOf(spec)}"><canvas role="img"
aria-label="${label}"></canvas><script type="application/json"
>${scriptJson(spec)}</script></div>`
}
<figcaption>${it.words}
<p><strong>Shows:</strong> ${scenario.shows}
<strong>Hides:</strong> ${scenario.hides}</p></figcaption>
${it.more}</figure>`
}

function keys(spec: LineChart): Html {
  return html`<ul class="keys">${spec.lines.map(
    ({ label, identity }) => html`<li>${swatch(identity)} ${label}</li>`,
  )}</ul>`
}

/** How tall a chart is, in rows of a table. */
function rowsOf(spec: ChartSpec): number {
  return spec.kind === 'dots' ? spec.rows.length + 2 : 10
}
