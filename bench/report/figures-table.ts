// All figures of one metric as a table, for those who would rather read.

import type { Metric, Summary } from '../result.ts'
import { formatInterval, formatNumber } from './format.ts'
import { type Html, html } from './html.ts'
import { type Entry, isControl, type Section } from './lookup.ts'
import { swatch } from './swatch.ts'
import { verdictMark } from './verdict.ts'
import { describeLimits, medianOf } from './words.ts'

export function figuresTable(section: Section, metric: Metric): Html {
  const groups = section.variants.map((variant) => ({
    variant,
    entries: section.entries.filter(({ cell }) => cell.variant === variant),
  }))
  const hasFloor = section.entries.some(isControl)
  const [only = '', ...others] = section.variants
  const title = [
    `${section.scenario.title}: ${metric.title}`,
    // A part of a scenario stands beside its whole.
    others.length === 0 && only,
  ]
    .filter(Boolean)
    .join(', ')
  return html`<section class="scroll" tabindex="0"
aria-label="${title}"><table>
<caption>${metric.title}${betterWords[metric.better]}</caption>
<thead><tr><th scope="col">Contestant</th>
<th scope="col" class="number">Median</th>
<th scope="col" class="number">95 % interval</th>
<th scope="col" class="number">Rounds</th>
<th scope="col">Letters</th>
${hasFloor && html`<th scope="col" class="number">To raw TCP</th>`}
<th scope="col">Verdict</th></tr></thead>
${groups.map(
  ({ variant, entries }) => html`<tbody>
${
  variant !== '' &&
  html`<tr class="variant">
<th scope="rowgroup" colspan="${hasFloor ? 7 : 6}">${variant}</th></tr>`
}${entries.map((one) => row(section, metric, one, hasFloor))}</tbody>`,
)}
</table></section>`
}

const betterWords = {
  lower: ' – lower is better',
  higher: ' – higher is better',
  neither: '',
} as const

function row(
  { scenario }: Section,
  metric: Metric,
  entry: Entry,
  hasFloor: boolean,
): Html {
  const { contestant, identity, cell } = entry
  return html`<tr>
<th scope="row">${swatch(identity)} ${contestant.title}</th>
${figures(metric, cell.figures[metric.id], hasFloor)}
<td class="verdict">${verdictMark(cell.verdict)}
${describeLimits(scenario, cell)} ${cell.reasons.join('; ')}</td>
</tr>
`
}

function figures(
  metric: Metric,
  summary: Summary | undefined,
  hasFloor: boolean,
): Html {
  if (summary === undefined)
    return html`<td colspan="${hasFloor ? 5 : 4}">no figure</td>`
  const { median, ci95, rounds, letters, ratioToControl: ratio } = summary
  return html`<td class="number">${medianOf(metric.unit, summary)}</td>
<td class="number">${ci95 ? formatInterval(ci95, metric.unit, median) : none}</td>
<td class="number">${rounds}</td>
<td>${letters || none}</td>
${
  hasFloor &&
  html`<td class="number">${
    ratio === undefined ? none : `× ${formatNumber(ratio)}`
  }</td>`
}`
}

/** Empty on purpose. */
const none = html`<span class="dim">–</span>`
