// The cost calculator, with the figures that it computes with: as it is built,
// it shows its example.

import { type Html, html } from '../../../bench/report/html.ts'
import { list } from '../../../bench/report/words.ts'
import { measuredOf } from '../choose/measured.ts'
import type { InsertContext } from '../markdown/inserts.ts'

export function calculator({ lessons, references }: InsertContext): Html {
  const results = references()
  const all = lessons.map((lesson) => measuredOf(results, lesson))
  const measured = all.filter((one) => one !== undefined)
  const missing = lessons.filter((_, index) => all[index] === undefined)
  return html`<CostCalculator :measured="${JSON.stringify(measured)}" />
${
  missing.length > 0 &&
  html`<p>Left out, since a figure that it takes is missing or invalid: ${list(missing.map(({ title }) => title))}.</p>`
}`
}
