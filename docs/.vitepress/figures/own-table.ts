// The figures of the reader's machine and of ours, and how they compare.

import { formatNumber } from '../../../bench/report/format.ts'
import { type Content, type Html, html } from '../../../bench/report/html.ts'
import { swatch } from '../../../bench/report/swatch.ts'
import { verdictMark } from '../../../bench/report/verdict.ts'
import { medianWithInterval } from '../../../bench/report/words.ts'
import type { Metric } from '../../../bench/result.ts'
import type { Pair, Side } from './pairs.ts'

export function ownTable(
  label: string,
  metric: Metric,
  pairs: readonly Pair[],
): Html {
  return html`<section class="scroll" tabindex="0"
aria-label="${label}: ${metric.title}"><table>
<caption>${metric.title}</caption>
<thead><tr><th scope="col">Contestant</th>
<th scope="col" class="number">Yours</th>
<th scope="col" class="number">Ours</th>
<th scope="col" class="number">Yours / ours</th></tr></thead>
<tbody>${pairs.map(
    ({ contestant, identity, variant, yours, ours, ratio }) => html`<tr>
<th scope="row">${swatch(identity)} ${[contestant.title, variant]
      .filter(Boolean)
      .join(', ')}</th>
<td class="number">${side(metric, yours)}</td>
<td class="number">${side(metric, ours)}</td>
<td class="number">${ratio === undefined ? 'none' : `× ${formatNumber(ratio)}`}</td>
</tr>
`,
  )}</tbody></table></section>`
}

function side({ unit }: Metric, { cell, summary }: Side): Content {
  return [
    summary ? medianWithInterval(unit, summary) : 'no figure',
    cell.verdict !== 'ok' && [' ', verdictMark(cell.verdict)],
  ]
}
