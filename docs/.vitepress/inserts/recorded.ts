// What a topic of lesson 13 has recorded: its chart, words, table and data.
// `<!-- insert recorded reconnect-storms -->`

import { keys, rowsOf } from '../../../bench/report/figure.ts'
import { type Html, html } from '../../../bench/report/html.ts'
import { chartAddress } from '../figures/figure-html.ts'
import { type RecordedChart, recordedCharts } from '../figures/recorded.ts'
import type { InsertContext } from '../markdown/inserts.ts'

/** @throws Error that names the recordings, when there is no such one */
export function recorded({ args, isSearched, watch }: InsertContext): Html {
  const all = recordedCharts()
  const wanted = `recorded.${args[0]}`
  const found = all.find(({ id }) => id === wanted)
  if (found === undefined)
    throw new Error(
      `There is no ${wanted}, only ${all.map(({ id }) => id).join(', ')}.`,
    )
  watch(found.file)
  const { title, shows, hides, command, machine, date } = found.recorded
  if (isSearched) return html`<p>${title}. ${shows}</p>`
  const { id, spec } = found
  const words = `${id}-words`
  return html`<figure class="bench-figure">
<h3>${title}</h3>
${keys(spec)}
<BenchChart id="${id}" words="${words}" rows="${rowsOf(spec)}" />
<p id="${words}" hidden>Chart: ${title}. ${shows}</p>
<div class="caption"><p><strong>Shows:</strong> ${shows}
<strong>Hides:</strong> ${hides}</p></div>
<details><summary>All figures<span class="visually-hidden"> of ${title}</span></summary>
${table(found)}</details>
<p class="source"><a href="${chartAddress(id)}" download="${id}.json"
aria-label="Data of the chart “${title}”, JSON">Data</a> <span><code>${command}</code> ${machine}, ${date}</span></p>
</figure>`
}

/** Each line at the places of its markers: the file has all of them. */
function table({ recorded: { title, x, y }, spec }: RecordedChart): Html {
  return html`<table><caption class="visually-hidden">${title}: ${y}</caption>
<thead><tr><th scope="col">Line</th><th scope="col">${x}: ${y}</th></tr></thead>
<tbody>${spec.lines.map(
    ({ label, points }) =>
      html`<tr><th scope="row">${label}</th><td>${points
        .filter(({ marked }) => marked)
        .map((point) => `${point.x}: ${point.value}`)
        .join(' · ')}</td></tr>`,
  )}</tbody></table>`
}
