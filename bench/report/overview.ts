// All verdicts at a glance, and why the empty places are empty.

import type { Cell, ContestantFacts, Result } from '../result.ts'
import { type Html, html } from './html.ts'
import { type Section, sectionsOf } from './lookup.ts'
import { verdictMark } from './verdict.ts'

export function overview(result: Result): Html {
  const columns = sectionsOf(result).flatMap((section) =>
    section.variants.map((variant) => ({ section, variant })),
  )
  return html`<section id="verdicts"><h2>Verdicts</h2>
<section class="scroll" tabindex="0" aria-label="Verdicts"><table>
<thead><tr><th scope="col">Contestant</th>${columns.map(
    ({ section, variant }) => html`<th scope="col"><a
href="#${section.scenario.id}">${section.scenario.title}</a>${
      variant !== '' && html`<br><small>${variant}</small>`
    }</th>`,
  )}</tr></thead>
<tbody>${result.contestants.map(
    (contestant) => html`<tr><th scope="row">${contestant.title}<br>
<small>${contestant.implementation}</small></th>${columns.map(
      ({ section, variant }) =>
        html`<td>${place(section, variant, contestant)}</td>`,
    )}</tr>\n`,
  )}</tbody></table></section>
${result.absent.length > 0 && absentCells(result)}</section>`
}

function place(
  { entries }: Section,
  variant: string,
  contestant: ContestantFacts,
): Html {
  const entry = entries.find(
    (one) =>
      one.contestant.id === contestant.id && one.cell.variant === variant,
  )
  if (entry === undefined) return html`<span class="dim">not run</span>`
  return verdictMark(entry.cell.verdict, countOf(entry.cell))
}

/** `ok`, or `ok in 4 of 5` when the rounds disagree. */
function countOf({ verdict, verdicts }: Cell): string {
  const all = Object.values(verdicts).reduce((sum, count) => sum + count, 0)
  const those = verdicts[verdict] ?? 0
  return those === all ? verdict : `${verdict} in ${those} of ${all}`
}

function absentCells({ absent, contestants, scenarios }: Result): Html {
  const titleOf = (all: readonly { id: string; title: string }[], id: string) =>
    all.find((one) => one.id === id)?.title ?? id
  return html`<h3>Left empty</h3><ul>${absent.map(
    ({ contestant, scenario, reason }) =>
      html`<li><strong>${titleOf(
        contestants,
        contestant,
      )}</strong> in ${titleOf(scenarios, scenario)}: ${reason}</li>`,
  )}</ul>`
}
