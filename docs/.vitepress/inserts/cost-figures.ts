// The figures that the calculator computes with, and where each is from.

import { findCell } from '../../../bench/references.ts'
import { formatFigure } from '../../../bench/report/format.ts'
import { type Html, html } from '../../../bench/report/html.ts'
import { verdictMark } from '../../../bench/report/verdict.ts'
import type { Measured } from '../choose/costs.ts'
import { measuredOf } from '../choose/measured.ts'
import type { InsertContext } from '../markdown/inserts.ts'
import { repositoryUrl } from '../root.ts'

/** Which cells each row was computed from. */
const rows: readonly Row[] = [
  {
    title: 'around a message, to the client (o)',
    from: [['wire', '100 messages/s']],
    of: (one) =>
      formatFigure(
        one.delivery === 'poll'
          ? one.aroundBytes
          : (one.around.at(-1)?.value ?? Number.NaN),
        'bytes',
      ),
  },
  {
    title: 'a request, to the server (q)',
    from: [
      ['wire', 'idle minute'],
      ['wire', '2 messages/s'],
    ],
    of: (one) => formatFigure(one.askBytes, 'bytes'),
  },
  {
    title: 'an answer without a message, with some (e, f)',
    from: [
      ['wire', 'idle minute'],
      ['wire', '2 messages/s'],
    ],
    of: (one) =>
      one.delivery === 'poll'
        ? `${formatFigure(one.emptyBytes, 'bytes')}, ${formatFigure(one.fullBytes, 'bytes')}`
        : '–',
  },
  {
    title: 'idle, to the client and to the server (i)',
    from: [['wire', 'idle minute']],
    of: (one) =>
      one.delivery === 'poll'
        ? '–'
        : `${formatFigure(one.idleDownPerS * 60, 'bytes')}, ${formatFigure(one.idleUpPerS * 60, 'bytes')} a minute`,
  },
  {
    title: 'CPU time of a poll or heartbeat (b)',
    from: [['idle-cost', '']],
    of: (one) => formatFigure(one.beatUs, 'us'),
  },
  {
    title: 'CPU time of a message to 1,000 (C)',
    from: [['fan-out', '1,000 subscribers']],
    of: (one) =>
      one.delivery === 'poll'
        ? '–'
        : formatFigure(one.fanOut.at(-1)?.value ?? Number.NaN, 'us'),
  },
  {
    title: 'CPU time of one more message in an answer (c)',
    from: [['throughput', 'saturated']],
    of: (one) =>
      one.delivery === 'poll' ? formatFigure(one.messageUs, 'us') : '–',
  },
  {
    title: 'resident memory of a subscriber (m)',
    from: [['memory', '']],
    of: (one) => formatFigure(one.residentKiB, 'KiB'),
  },
]

interface Row {
  readonly title: string
  /** Scenarios and variants. */
  readonly from: readonly (readonly [string, string])[]
  readonly of: (one: Measured) => string
}

export function costFigures({ lessons, references }: InsertContext): Html {
  const results = references()
  const all = lessons.flatMap((lesson) => measuredOf(results, lesson) ?? [])
  const cell = (row: Row, one: Measured) => {
    const marks = row.from.map(([scenario, variant]) => {
      const found = findCell(results, scenario, variant, one.folder)
      const verdict = found?.cell.verdict ?? 'ok'
      return verdict === 'ok' ? '' : html` ${verdictMark(verdict)}`
    })
    const text = row.of(one)
    return html`<td class="number">${text}${text !== '–' && marks}</td>`
  }
  return html`<section class="scroll" tabindex="0" aria-label="What the calculator computes with"><table class="costs">
<thead><tr><th scope="col">Figure</th>${all.map(({ title }) => html`<th scope="col" class="number">${title}</th>`)}<th scope="col">From</th></tr></thead>
<tbody>${rows.map(
    (
      row,
    ) => html`<tr><th scope="row">${row.title}</th>${all.map((one) => cell(row, one))}<td>${sources(row, results)}</td></tr>
`,
  )}</tbody></table></section>`
}

function sources(
  { from }: Row,
  results: ReturnType<InsertContext['references']>,
): Html {
  const seen = new Map<string, string>()
  for (const [scenario, variant] of from) {
    const { file } =
      results.find(({ result }) =>
        result.cells.some(
          (one) => one.scenario === scenario && one.variant === variant,
        ),
      ) ?? {}
    if (file) seen.set(scenario, file)
  }
  return html`${[...seen].map(
    ([scenario, file]) =>
      html`<a href="${repositoryUrl}/blob/main/bench/results/${file}">${scenario}</a> `,
  )}`
}
