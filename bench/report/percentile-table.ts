// The named percentiles of each contestant, as far as its samples can tell.

import type { Curve } from './charts.ts'
import { formatFigure, formatNumber } from './format.ts'
import { type Html, html } from './html.ts'
import { namedPercentiles } from './named-percentiles.ts'
import { swatch } from './swatch.ts'

export function percentileTable(title: string, curves: readonly Curve[]): Html {
  const most = Math.max(...curves.map((one) => one.distribution.samples))
  const columns = namedPercentiles.filter(({ samples }) => samples <= most)
  return html`<section class="scroll" tabindex="0"
aria-label="${title}"><table>
<thead><tr><th scope="col">Contestant</th>${columns.map(
    ({ label }) => html`<th scope="col" class="number">${label}</th>`,
  )}<th scope="col" class="number">Samples</th></tr></thead>
<tbody>${curves.map((curve) => row(curve, columns))}</tbody></table></section>`
}

function row(
  { label, identity, distribution }: Curve,
  columns: readonly { readonly oneIn: number }[],
): Html {
  const { points, samples } = distribution
  return html`<tr><th scope="row">${swatch(identity)} ${label}</th>${columns.map(
    (column) => {
      const point = points.find(({ oneIn }) => oneIn === column.oneIn)
      return html`<td class="number">${
        point ? formatFigure(point.us, 'us') : 'too few'
      }</td>`
    },
  )}<td class="number">${formatNumber(samples, 12)}</td></tr>
`
}
