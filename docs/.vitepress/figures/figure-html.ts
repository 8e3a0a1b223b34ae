// A figure as HTML: the place of its chart, and the same in words and tables
// for those who have no script, or would rather read.

import {
  caption,
  type Figure,
  keys,
  labelOf,
  rowsOf,
} from '../../../bench/report/figure.ts'
import { type Content, type Html, html } from '../../../bench/report/html.ts'
import { base } from '../root.ts'
import type { Source } from './chart-file.ts'
import type { SiteFigure } from './site-figures.ts'

interface Options {
  readonly sources: readonly Source[]
  /** The id of the contestant that the page is about. */
  readonly about?: string
  /** In place of what the chart shows and hides. */
  readonly caption?: Content
  /** Whether the heading above names the scenario. */
  readonly isNamed?: boolean
  /** False where the page has a table of its own. */
  readonly tables?: boolean
  /** For a page on which the same chart stands twice: what is added to the second one's id. */
  readonly suffix?: string
}

export function figureHtml(it: SiteFigure, options: Options): Html {
  const { id, section, figure } = it
  const { sources, about, tables = true } = options
  const title = `${section.scenario.title}: ${figure.title}`
  return html`<figure class="bench-figure">
<h3>${options.isNamed ? figure.title : title} <small>${figure.note}</small></h3>
${chart(it, about, options.suffix)}
${options.caption ?? caption(section, figure)}
${tables && tablesOf(figure, title)}
<p class="source"><a href="${chartAddress(id)}" download="${id}.json"
aria-label="Data of the chart “${title}”, JSON">Data</a> ${sources.map(source)}</p>
</figure>`
}

/** Where the data of a chart lies. */
export function chartAddress(id: string): string {
  return `${base}charts/${id}.json`
}

/** Its words stand in the HTML alone: as a property, the page's script would hold them once more. */
function chart(
  { id, section, figure }: SiteFigure,
  about?: string,
  suffix = '',
): Html {
  const { spec } = figure
  if (spec === undefined) return html``
  const words = `${id}-words${suffix}`
  return html`${spec.kind === 'lines' && keys(spec, about)}
<BenchChart id="${id}" words="${words}" rows="${rowsOf(spec)}" ${
    about !== undefined && html`about="${about}"`
  } />
<p id="${words}" hidden>${labelOf(section, figure)}</p>`
}

function tablesOf({ tables }: Figure, title: string): Html {
  return html`<details><summary>All figures<span class="visually-hidden"> of
${title}</span></summary>${tables}</details>`
}

function source({ whose, command, machine, date }: Source): Html {
  return html`<span>${whose && `${whose}: `}<code>${command}</code> ${machine}, ${date}</span>`
}
