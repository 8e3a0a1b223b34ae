// From runs to what is said of them: medians with intervals, who differs from
// whom, and the letters that tell it. Everything here can be computed again
// from a result file.

import { median } from 'simple-statistics'

import { control } from './contestants.ts'
import type {
  Cell,
  Comparison,
  Limit,
  Metric,
  Result,
  Run,
  ScenarioFacts,
  Summary,
  Verdict,
} from './result.ts'
import { medianInterval } from './statistics/bootstrap.ts'
import { holm } from './statistics/holm.ts'
import { letters } from './statistics/letters.ts'
import { signedRankTest } from './statistics/ranks.ts'
import { pairedShift } from './statistics/shift.ts'

/** What a difference has to be, besides unlikely: smaller ones matter to nobody. */
export const leastShiftPercent = 5
export const mostP = 0.05

type Input = Pick<Result, 'runs' | 'scenarios' | 'contestants' | 'seed'> & {
  readonly noisePercent?: Readonly<Record<string, number>>
}

export interface Summaries {
  readonly cells: readonly Cell[]
  readonly comparisons: readonly Comparison[]
}

export function summarize(input: Input): Summaries {
  const cells: Cell[] = []
  const comparisons: Comparison[] = []
  for (const scenario of input.scenarios) {
    const runs = input.runs.filter((run) => run.scenario === scenario.id)
    for (const variant of scenario.variants) {
      const those = runs.filter((run) => run.variant === variant)
      const found = summarizeVariant(input, scenario, variant, those)
      cells.push(...found.cells)
      comparisons.push(...found.comparisons)
    }
  }
  return { cells, comparisons }
}

function summarizeVariant(
  { contestants, seed, noisePercent }: Input,
  scenario: ScenarioFacts,
  variant: string,
  runs: readonly Run[],
): Summaries {
  const present = contestants
    .map(({ id }) => id)
    .filter((id) => runs.some((run) => run.contestant === id))
  const runsOf = (id: string) => runs.filter((run) => run.contestant === id)
  const verdicts = new Map(present.map((id) => [id, overall(runsOf(id))]))
  const figures = new Map(
    present.map((id) => [id, {} as Record<string, Summary>]),
  )
  const comparisons: Comparison[] = []

  for (const metric of scenario.metrics) {
    const values = new Map<string, Map<number, number>>()
    const pairable = new Map<string, Map<number, number>>()
    for (const id of present) {
      const rounds = roundsOf(runsOf(id), metric)
      if (rounds.size > 0) values.set(id, rounds)
      // A round that was noisy for one of two is what their test is made for:
      // without it, fewer rounds would have to prove as much.
      pairable.set(id, figuresIn(runsOf(id), metric, ['ok', 'noisy']))
    }
    const ranked = [...values.keys()].filter(
      (id) => verdicts.get(id) === 'ok' && metric.better !== 'neither',
    )
    const compared = compare(
      ranked,
      pairable,
      scenario,
      variant,
      metric,
      noisePercent,
    )
    comparisons.push(...compared)
    const letterOf = lettersOf(ranked, values, compared, metric)
    for (const [id, rounds] of values) {
      const numbers = [...rounds.values()]
      const ci95 = medianInterval(numbers, seed)
      const of = figures.get(id)
      if (of === undefined) continue
      of[metric.id] = {
        median: median(numbers),
        ...(ci95 && { ci95 }),
        min: Math.min(...numbers),
        max: Math.max(...numbers),
        rounds: numbers.length,
        ...boundOf(verdicts.get(id), metric),
        ...(letterOf.has(id) && { letters: letterOf.get(id) }),
        ...ratioTo(values.get(control), rounds, id),
      }
    }
  }

  const cells = present.map((id): Cell => {
    const reasons = new Set(runsOf(id).flatMap((run) => run.reasons))
    return {
      scenario: scenario.id,
      variant,
      contestant: id,
      verdict: verdicts.get(id) ?? 'invalid',
      verdicts: count(runsOf(id)),
      reasons: [...reasons].slice(0, 5),
      limits: limitsOf(runsOf(id)),
      figures: figures.get(id) ?? {},
    }
  })
  return { cells, comparisons }
}

/** The metric in each round in which it may count. */
export function roundsOf(
  runs: readonly Run[],
  metric: Metric,
): Map<number, number> {
  // Rounds that are ok, if there are as many of them as of others: what
  // disturbed the rest says nothing about the contestant.
  return overall(runs) === 'ok'
    ? figuresIn(runs, metric, ['ok'])
    : figuresIn(runs, metric, ['ok', 'noisy', 'generator-bound', 'lossy'])
}

function figuresIn(
  runs: readonly Run[],
  { id }: Metric,
  verdicts: readonly Verdict[],
): Map<number, number> {
  const values = new Map<number, number>()
  for (const { round, figures, verdict } of runs) {
    const value = figures[id]
    if (
      value !== undefined &&
      Number.isFinite(value) &&
      verdicts.includes(verdict)
    )
      values.set(round, value)
  }
  return values
}

function count(runs: readonly Run[]): Partial<Record<Verdict, number>> {
  const counts: Partial<Record<Verdict, number>> = {}
  for (const { verdict } of runs) counts[verdict] = (counts[verdict] ?? 0) + 1
  return counts
}

function limitsOf(runs: readonly Run[]): Cell['limits'] {
  const limits: Partial<Record<Limit, number>> = {}
  for (const { limit } of runs)
    if (limit) limits[limit] = (limits[limit] ?? 0) + 1
  return limits
}

/** `ok` if at least half of the rounds are; else what most of the others are. */
export function overall(runs: readonly Pick<Run, 'verdict'>[]): Verdict {
  const counts = count(runs as Run[])
  if ((counts.ok ?? 0) * 2 >= runs.length && runs.length > 0) return 'ok'
  const others = Object.entries(counts).filter(([verdict]) => verdict !== 'ok')
  others.sort(([, a], [, b]) => b - a)
  return (others[0]?.[0] as Verdict | undefined) ?? 'invalid'
}

/** A generator that had no time left makes latencies too long, and rates too low. */
function boundOf(
  verdict: Verdict | undefined,
  { better, unit, from }: Metric,
): Pick<Summary, 'bound'> {
  if (verdict !== 'generator-bound' || better === 'neither') return {}
  if (unit === 'per second') return { bound: 'at least' }
  // CPU time and bytes are what they are, however late they were taken.
  return from === undefined ? {} : { bound: 'at most' }
}

function ratioTo(
  floor: ReadonlyMap<number, number> | undefined,
  rounds: ReadonlyMap<number, number>,
  id: string,
): Pick<Summary, 'ratioToControl'> {
  if (floor === undefined || id === control) return {}
  const ratios: number[] = []
  for (const [round, value] of rounds) {
    const least = floor.get(round)
    if (least !== undefined && least > 0) ratios.push(value / least)
  }
  return ratios.length > 0 ? { ratioToControl: median(ratios) } : {}
}

/** Every pair, in the rounds that both have. */
function compare(
  ids: readonly string[],
  values: ReadonlyMap<string, ReadonlyMap<number, number>>,
  scenario: ScenarioFacts,
  variant: string,
  metric: Metric,
  noisePercent: Readonly<Record<string, number>> = {},
): Comparison[] {
  const pairs = ids.flatMap((a, n) =>
    ids.slice(n + 1).map((b) => {
      const ofA = values.get(a) ?? new Map<number, number>()
      const ofB = values.get(b) ?? new Map<number, number>()
      const rounds = [...ofA.keys()].filter((round) => ofB.has(round))
      const differences = rounds.map(
        (round) => (ofB.get(round) ?? 0) - (ofA.get(round) ?? 0),
      )
      const base = median(
        rounds
          .map((round) => ofA.get(round) ?? 0)
          .concat(rounds.length ? [] : [0]),
      )
      const shift = differences.length > 0 ? pairedShift(differences) : 0
      return {
        a,
        b,
        rounds: rounds.length,
        shiftPercent: base === 0 ? 0 : (shift / Math.abs(base)) * 100,
        p: signedRankTest(differences),
      }
    }),
  )
  const corrected = holm(pairs.map(({ p }) => p))
  const least = Math.max(
    leastShiftPercent,
    noisePercent[`${scenario.id}/${metric.id}`] ?? 0,
  )
  return pairs.map((pair, n) => {
    const pHolm = corrected[n] ?? 1
    return {
      scenario: scenario.id,
      variant,
      metric: metric.id,
      ...pair,
      pHolm,
      differs: pHolm < mostP && Math.abs(pair.shiftPercent) > least,
    }
  })
}

/** Letters from the best on. None where nobody could be told apart anyway. */
function lettersOf(
  ids: readonly string[],
  values: ReadonlyMap<string, ReadonlyMap<number, number>>,
  comparisons: readonly Comparison[],
  { better }: Metric,
): Map<string, string> {
  const rounds = Math.max(0, ...comparisons.map((one) => one.rounds))
  if (ids.length < 2 || smallestP(rounds) * comparisons.length >= mostP)
    return new Map()
  const middle = (id: string) => median([...(values.get(id)?.values() ?? [])])
  const sign = better === 'higher' ? -1 : 1
  const order = [...ids].sort((a, b) => sign * (middle(a) - middle(b)))
  const apart = new Set(
    comparisons
      .filter(({ differs }) => differs)
      .flatMap(({ a, b }) => [`${a} ${b}`, `${b} ${a}`]),
  )
  const given = letters(order.length, (a, b) =>
    apart.has(`${order[a]} ${order[b]}`),
  )
  return new Map(order.map((id, n) => [id, given[n] ?? '']))
}

/** What the signed-rank test can show at best: that all rounds agree. */
export function smallestP(rounds: number): number {
  return 2 ** (1 - rounds)
}
