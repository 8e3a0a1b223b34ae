// `npm run bench -- compare a.json b.json`: exit code 1 when something became
// worse.

import pc from 'picocolors'

import { CommandError } from '../../scripts/cli/command-error.ts'
import { type Change, changesBetween } from '../compare.ts'
import { formatFigure } from '../report/format.ts'
import type { Result } from '../result.ts'
import type { AddCommand } from './add-command.ts'
import { readResult } from './read-result.ts'

export const compareCommand: AddCommand = (program, choose) => {
  program
    .command('compare')
    .argument('<before>', 'a result file')
    .argument('<after>', 'another one')
    .description('what has become better or worse; exit code 1 when worse')
    .action((before: string, after: string) =>
      choose(async () => {
        const a = await readResult(before)
        const b = await readResult(after)
        const changes = changesBetween(a, b)
        if (changes.length === 0)
          throw new CommandError(
            `${before} and ${after} have no figure in common: compare two runs of the same scenarios.`,
            2,
          )
        console.log(describe(changes, a, b))
        if (changes.some(({ verdict }) => verdict === 'worse'))
          process.exitCode = 1
      }),
    )
}

function describe(changes: readonly Change[], a: Result, b: Result): string {
  const rows = changes.map((change) => [
    [change.scenario, change.variant].filter(Boolean).join(', '),
    change.contestant,
    change.metric.title,
    formatFigure(change.before, change.metric.unit),
    formatFigure(change.after, change.metric.unit),
    `${change.shiftPercent > 0 ? '+' : ''}${change.shiftPercent.toFixed(1)} %`,
    change.verdict,
  ])
  const of = (verdict: Change['verdict']) =>
    changes.filter((change) => change.verdict === verdict).length
  const few = of('too few rounds')
  return [
    markdownTable(
      ['scenario', 'contestant', 'figure', 'before', 'after', 'shift', ''],
      rows,
    ),
    '',
    `${of('better')} better, ${of('worse')} worse, ${of('same')} the same, of ${changes.length}.`,
    ...(few > 0
      ? [
          `${few} may differ, but there are too few rounds to tell: measure both again with --normal or --publish.`,
        ]
      : []),
    ...(sameMachine(a, b)
      ? []
      : [
          pc.yellow(
            'The two were measured on different machines or versions: a difference may be theirs.',
          ),
        ]),
  ].join('\n')
}

/** For a terminal and for a pull request alike. */
function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = head.map((title, n) =>
    Math.max(title.length, ...rows.map((row) => row[n]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(' | ')} |`
  return [
    line(head),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.map(line),
  ].join('\n')
}

function sameMachine(a: Result, b: Result): boolean {
  const key = ({ environment: e }: Result) =>
    [e.cpu, e.cores, e.cpuLimit, e.kernel, e.node].join(' ')
  return key(a) === key(b)
}
