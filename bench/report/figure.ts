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
  /** Tables of what the chart shows. */
  readonly tables: Content
  /** Whether the tables are too much to stand open. */
  readonly isLong: boolean
}

export function figure(section: Section, it: Figure): Html {
  const { spec } = it
  return html`<figure class="card">
<h3>${it.title} <small>${it.note}</small></h3>
${
  spec &&
  html`${spec.kind === 'lines' && keys(spec)}
<div class="chart" style="--rows: ${rowsOf(spec)}"><canvas role="img"
aria-label="${labelOf(section, it)}"></canvas><script type="application/json"
>${scriptJson(spec)}</script></div>`
}
${caption(section, it)}
${
  it.isLong
    ? html`<details><summary>All figures</summary>${it.tables}</details>`
    : it.tables
}</figure>`
}

/** The chart in words, for those who do not see it. */
export function labelOf({ scenario }: Section, it: Figure): string {
  return `Chart: ${scenario.title}, ${it.title}. ${it.alternative}`
}

export function caption({ scenario }: Section, { words }: Figure): Html {
  return html`<div class="caption">${words}
<p><strong>Shows:</strong> ${scenario.shows}
<strong>Hides:</strong> ${scenario.hides}</p></div>`
}

/** @param about the id of the contestant that the chart is about */
export function keys({ lines }: LineChart, about?: string): Html {
  return html`<ul class="keys">${lines.map(
    ({ contestant, label, identity }) =>
      html`<li>${swatch(identity)} ${
        contestant === about ? html`<strong>${label}</strong>` : label
      }</li>`,
  )}</ul>`
}

/** How tall a chart is, in rows of a table. */
export function rowsOf(spec: ChartSpec): number {
  return spec.kind === 'dots' ? spec.rows.length + 2 : 10
}
