// Every committed run: what was asked, where, when, what came of it, and the
// data as it is.

import type { Reference } from '../../../bench/references.ts'
import { type Html, html } from '../../../bench/report/html.ts'
import {
  dayOf,
  describeMachine,
  roundsOf,
} from '../../../bench/report/machine-words.ts'
import { verdictMark, verdictMeanings } from '../../../bench/report/verdict.ts'
import type { Result, Verdict } from '../../../bench/result.ts'
import type { InsertContext } from '../markdown/inserts.ts'
import { base } from '../root.ts'

export function results({ references }: InsertContext): Html {
  return html`<ul class="bench-runs">${references().map(run)}</ul>`
}

function run({ file, result }: Reference): Html {
  const { scenarios, environment, effort, runs, startedAt } = result
  return html`<li>
<p><strong>${scenarios.map(
    ({ id, title }, index) =>
      html`${index > 0 && ', '}<a href="${base}compare#${id}">${title}</a>`,
  )}</strong> <small><time datetime="${startedAt}">${dayOf(result)}</time> ·
${roundsOf(result)}, effort “${effort}” · ${runs.length} measurements</small></p>
<p><code>${result.command}</code></p>
<p>${verdictsOf(result)}</p>
<p class="source"><a href="${base}results/${file}" download="${file}">${file}</a>
<span>${describeMachine(environment)}</span></p></li>
`
}

/** `✓ 70 ok ≈ 3 noisy` */
function verdictsOf({ runs }: Result): Html[] {
  const verdicts = Object.keys(verdictMeanings) as Verdict[]
  return verdicts.flatMap((verdict) => {
    const count = runs.filter((one) => one.verdict === verdict).length
    return count > 0
      ? [html`${verdictMark(verdict, `${count} ${verdict}`)} `]
      : []
  })
}
