// The cost calculator, with the figures that it computes with: as it is built,
// it shows its example, or the one that `<!-- insert calculator bytes=64 -->`
// names.

import { type Html, html } from '../../../bench/report/html.ts'
import { list } from '../../../bench/report/words.ts'
import { inputs, readInput } from '../choose/inputs.ts'
import { measuredOf } from '../choose/measured.ts'
import type { InsertContext } from '../markdown/inserts.ts'

export function calculator({ args, lessons, references }: InsertContext): Html {
  const results = references()
  const all = lessons.map((lesson) => measuredOf(results, lesson))
  const measured = all.filter((one) => one !== undefined)
  const missing = lessons.filter((_, index) => all[index] === undefined)
  const begin = Object.fromEntries(args.map(readArgument))
  return html`<CostCalculator :measured="${JSON.stringify(measured)}" :begin="${JSON.stringify(begin)}" />
${
  missing.length > 0 &&
  html`<p>Left out, since a figure that it takes is missing or invalid: ${list(missing.map(({ title }) => title))}.</p>`
}`
}

/** @throws RangeError when there is no such input, or the value is beyond it */
function readArgument(text: string): [string, number] {
  const [id = '', value = ''] = text.split('=')
  const input = inputs.find((one) => one.id === id)
  if (input === undefined)
    throw new RangeError(
      `The calculator has no "${id}", only ${inputs.map(({ id }) => id).join(', ')}.`,
    )
  return [id, readInput(input, value)]
}
