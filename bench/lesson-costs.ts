// The table of a write-up's section "What it costs", from the reference
// results. `npm run sync` puts it between the two marks.

import { findCell, type Reference } from './references.ts'
import { headlinesOf } from './report/lookup.ts'
import { dayOf, describeMachine } from './report/machine-words.ts'
import { describeLimits, medianWithInterval } from './report/words.ts'
import type { Cell, ContestantFacts, Metric, ScenarioFacts } from './result.ts'
import { rankOf } from './scenario-order.ts'

const marks = /(<!-- costs -->\n)[\s\S]*?(<!-- \/costs -->)/

/** The write-up with the table of its lesson; as it was where there are no marks. */
export function withCosts(
  text: string,
  folder: string,
  references: readonly Reference[],
): string {
  if (!marks.test(text)) return text
  const table = costTable(folder, references)
  return text.replace(
    marks,
    (_, open, close) => `${open}\n${table}\n\n${close}`,
  )
}

function costTable(folder: string, references: readonly Reference[]): string {
  const columns = columnsOf(folder, references)
  const used = new Set<Reference['file']>()
  const rows = questionsOf(references).flatMap(
    ({ scenario, variant, metric }) => {
      const cells = columns.map(({ id }) =>
        findCell(references, scenario.id, variant, id),
      )
      // A row is about this lesson: without it, it is none.
      if (cells[0] === undefined) return []
      for (const cell of cells) if (cell) used.add(cell.file)
      const title = [`**${scenario.title}**`, variant]
        .filter(Boolean)
        .join(', ')
      const figures = cells.map((cell) =>
        figureOf(cell?.cell, metric, scenario),
      )
      return [`| ${title}: ${metric.title} | ${figures.join(' | ')} |`]
    },
  )
  const head = columns.map(({ title, implementation, kind }) =>
    kind === 'library' ? implementation : title,
  )
  return [
    `| | ${head.join(' | ')} |`,
    `|---|${head.map(() => '---:').join('|')}|`,
    ...rows,
    '',
    describeImplementations(columns),
    describeSources(references.filter(({ file }) => used.has(file))),
  ].join('\n')
}

/** This lesson, other implementations of its transport, and the floor. */
function columnsOf(
  folder: string,
  references: readonly Reference[],
): ContestantFacts[] {
  const all = new Map<string, ContestantFacts>()
  for (const { result } of references)
    for (const contestant of result.contestants)
      if (!all.has(contestant.id)) all.set(contestant.id, contestant)
  const own = all.get(folder)
  if (own === undefined) return []
  const others = [...all.values()].filter(
    ({ id, transport, kind }) =>
      id !== folder &&
      // A way to deliver a page carries no messages.
      kind !== 'way' &&
      (transport === own.transport || kind === 'control'),
  )
  const isFloor = ({ kind }: ContestantFacts) => kind === 'control'
  return [
    own,
    ...others.filter((one) => !isFloor(one)),
    ...others.filter(isFloor),
  ]
}

interface Question {
  readonly scenario: ScenarioFacts
  readonly variant: string
  readonly metric: Metric
}

/** The first figure of each scenario at each position of its knob; of the wire, both directions. */
function questionsOf(references: readonly Reference[]): Question[] {
  const questions = new Map<string, Question>()
  // The oldest first: in the order in which they were asked.
  for (const { result } of [...references].reverse()) {
    for (const scenario of result.scenarios) {
      const metrics = headlinesOf(scenario).slice(
        0,
        scenario.id === 'wire' || scenario.id === 'resume' ? 2 : 1,
      )
      for (const variant of scenario.variants)
        for (const metric of metrics)
          questions.set(`${scenario.id} ${variant} ${metric.id}`, {
            scenario,
            variant,
            metric,
          })
    }
  }
  return [...questions.values()].sort(
    (a, b) => rankOf(a.scenario.id) - rankOf(b.scenario.id),
  )
}

/** `0.21 ms (0.20–0.23)`, with the verdict where it is not ok. */
export function figureOf(
  cell: Cell | undefined,
  metric: Metric,
  scenario: ScenarioFacts,
): string {
  if (cell === undefined) return ''
  const summary = cell.figures[metric.id]
  const { verdict } = cell
  if (summary === undefined) return verdict === 'ok' ? '' : `*${verdict}*`
  const limit = describeLimits(scenario, cell)
  return [
    medianWithInterval(metric.unit, summary),
    limit && `(${limit})`,
    verdict !== 'ok' && `*${verdict}*`,
  ]
    .filter(Boolean)
    .join(' ')
}

/** A difference between libraries must not read as one between protocols. */
function describeImplementations(columns: readonly ContestantFacts[]): string {
  const own = columns[0]
  const others = columns.filter(
    ({ id, transport }) => id !== own?.id && transport === own?.transport,
  )
  return others.length > 0
    ? `${own?.title} has ${others.length + 1} implementations here: where they differ, it is not the transport.`
    : `${own?.title} has one implementation here: a difference from other transports may be that one's.`
}

/** Where figures are from, and how to read them. */
export function describeSources(references: readonly Reference[]): string {
  const [first] = references
  if (first === undefined) return ''
  const files = references.map(
    ({ file, result }) =>
      `- \`${result.command}\` ([data](../../bench/results/${file}))`,
  )
  return [
    `Medians over rounds with 95 % intervals, on loopback: ${describeMachine(first.result.environment)}, ${dayOf(first.result)}.`,
    'Figures without an interval come from fewer than three rounds, or were the same in all.',
    'A verdict that is not ok stands beside its figure: a bound (≤, ≥) where the load generator was the limit, and no ranking where the machine was noisy.',
    '',
    '<details>',
    '<summary>The commands, and the data</summary>',
    '',
    ...files,
    '',
    '</details>',
  ].join('\n')
}
