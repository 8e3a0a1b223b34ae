// A figure of the reader's machine beside the same of the reference machine.

import { formatNumber } from '../../../bench/report/format.ts'
import type { Identity } from '../../../bench/report/identity.ts'
import type { Section } from '../../../bench/report/lookup.ts'
import type {
  Cell,
  ContestantFacts,
  Metric,
  Summary,
} from '../../../bench/result.ts'

export interface Pair {
  readonly contestant: ContestantFacts
  readonly identity: Identity
  readonly variant: string
  readonly yours: Side
  readonly ours: Side
  /** Yours, divided by ours; absent where one is 0 or missing. */
  readonly ratio?: number
}

export interface Side {
  readonly cell: Cell
  readonly summary: Summary | undefined
}

export function pairsOf(own: Section, ours: Section, metric: Metric): Pair[] {
  return own.entries.flatMap(({ contestant, cell }) => {
    const { variant } = cell
    const other = ours.entries.find(
      (one) =>
        one.contestant.id === contestant.id && one.cell.variant === variant,
    )
    if (other === undefined) return []
    const { identity } = other
    const yours = { cell, summary: cell.figures[metric.id] }
    const reference = {
      cell: other.cell,
      summary: other.cell.figures[metric.id],
    }
    const ratio = ratioOf(yours.summary, reference.summary)
    return [
      {
        contestant,
        identity,
        variant,
        yours,
        ours: reference,
        ...(ratio !== undefined && { ratio }),
      },
    ]
  })
}

/** What all ratios lie between, of the figures that nothing speaks against. */
export function describeRatios(pairs: readonly Pair[]): string {
  const ratios = pairs
    .filter(({ yours, ours }) => isSound(yours) && isSound(ours))
    .flatMap(({ ratio }) => ratio ?? [])
  if (ratios.length === 0)
    return 'No figure has the verdict ok in both runs and can be divided.'
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((one) =>
    formatNumber(one),
  )
  const range = least === most ? `${least}` : `${least} to ${most}`
  return `Yours is ${range} times ours, where both verdicts are ok.`
}

function ratioOf(yours?: Summary, ours?: Summary): number | undefined {
  if (!yours || !ours || !(yours.median > 0) || !(ours.median > 0))
    return undefined
  return yours.median / ours.median
}

function isSound({ cell, summary }: Side): boolean {
  return cell.verdict === 'ok' && summary?.bound === undefined
}
