// What each transport can do, in words; the sentences behind them stand below.

import { type Html, html } from '../../../bench/report/html.ts'
import type { Capabilities, Fact } from '../../../lessons/capabilities.ts'
import { labels } from '../choose/labels.ts'
import type { InsertContext } from '../markdown/inserts.ts'
import { base } from '../root.ts'

interface Row {
  readonly title: string
  readonly word: (can: Capabilities) => string
  readonly fact: (can: Capabilities) => Fact<unknown>
}

const rows: readonly Row[] = [
  ...Object.entries(labels).map(([name, { title, words }]): Row => {
    const fact = (can: Capabilities) => can[name as keyof typeof labels]
    const known = words as Readonly<Record<string, string>>
    return {
      title,
      fact,
      word: (can) => known[String(fact(can).is)] ?? String(fact(can).is),
    }
  }),
  {
    title: 'Versions of HTTP',
    word: ({ http }) => http.is.join(', '),
    fact: ({ http }) => http,
  },
]

export function capabilitiesTable({ lessons }: InsertContext): Html {
  return html`<section class="scroll" tabindex="0" aria-label="What each transport can do">
<table class="capabilities">
<thead><tr><th scope="col"><span class="visually-hidden">Question</span></th>${lessons.map(({ title }) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({
      title,
      word,
    }) => html`<tr><th scope="row">${title}</th>${lessons.map(({ capabilities }) => html`<td>${word(capabilities)}</td>`)}</tr>
`,
  )}</tbody></table></section>
<div class="facts">${rows.map(
    ({
      title,
      word,
      fact,
    }) => html`<details><summary>${title}</summary><dl>${lessons.map(
      (
        lesson,
      ) => html`<dt><a href="${base}lessons/${lesson.folder}/">${lesson.title}</a>: ${word(lesson.capabilities)}</dt><dd>${fact(lesson.capabilities).because}</dd>
`,
    )}</dl></details>
`,
  )}</div>`
}
