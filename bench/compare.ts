// Two results of the same questions: what has become better or worse, beyond
// chance, beyond what matters, and beyond what the machine does on its own.

import { median } from 'simple-statistics'

import { headlinesOf } from './report/lookup.ts'
import type { Metric, Result, Run } from './result.ts'
import { holm } from './statistics/holm.ts'
import { rankSumTest } from './statistics/ranks.ts'
import { shiftBetween } from './statistics/shift.ts'
import { leastShiftPercent, mostP, overall, roundsOf } from './summarize.ts'

export interface Change {
  readonly scenario: string
  readonly variant: string
  readonly contestant: string
  readonly metric: Metric
  readonly before: number
  readonly after: number
  /** Of rounds, on each side. */
  readonly rounds: readonly [number, number]
  readonly shiftPercent: number
  readonly pHolm: number
  readonly verdict: 'better' | 'worse' | 'same' | 'too few rounds'
}

/** Of all that both results have, the headline figures of each scenario. */
export function changesBetween(a: Result, b: Result): Change[] {
  const pairs = a.scenarios.flatMap((scenario) =>
    headlinesOf(scenario).flatMap((metric) =>
      a.cells
        .filter((cell) => cell.scenario === scenario.id)
        .flatMap(({ variant, contestant }) => {
          const cell = { scenario: scenario.id, variant, contestant }
          const [before, after] = [a, b].map((result) =>
            valuesOf(result.runs, cell, metric),
          )
          return before?.length && after?.length
            ? [{ ...cell, metric, before, after }]
            : []
        }),
    ),
  )
  const ps = pairs.map(({ before, after }) => rankSumTest(before, after))
  const corrected = holm(ps)
  return pairs.map(({ before, after, metric, ...cell }, n): Change => {
    const middle = median(before)
    const shift = shiftBetween(before, after)
    const shiftPercent = middle === 0 ? 0 : (shift / Math.abs(middle)) * 100
    const pHolm = corrected[n] ?? 1
    const key = `${cell.scenario}/${metric.id}`
    const least = Math.max(
      leastShiftPercent,
      a.environment.noisePercent?.[key] ?? 0,
      b.environment.noisePercent?.[key] ?? 0,
    )
    const isWorse = metric.better === 'lower' ? shift > 0 : shift < 0
    const large =
      Math.abs(shiftPercent) > least || (middle === 0 && shift !== 0)
    return {
      ...cell,
      metric,
      before: middle,
      after: median(after),
      rounds: [before.length, after.length],
      shiftPercent,
      pHolm,
      verdict: !large
        ? 'same'
        : pHolm < mostP
          ? isWorse
            ? 'worse'
            : 'better'
          : smallestP(before.length, after.length) * pairs.length >= mostP
            ? 'too few rounds'
            : 'same',
    }
  })
}

/** In the rounds that count; none where the figure is not the contestant's own. */
function valuesOf(
  runs: readonly Run[],
  cell: Pick<Change, 'scenario' | 'variant' | 'contestant'>,
  metric: Metric,
): number[] {
  const those = runs.filter(
    (run) =>
      run.scenario === cell.scenario &&
      run.variant === cell.variant &&
      run.contestant === cell.contestant,
  )
  const verdict = overall(those)
  if (verdict !== 'ok' && verdict !== 'noisy') return []
  return [...roundsOf(those, metric).values()]
}

/** What the test can show at best, when every value of one side is beyond every one of the other. */
function smallestP(n: number, m: number): number {
  return rankSumTest(
    Array.from({ length: n }, (_, k) => k),
    Array.from({ length: m }, (_, k) => n + k),
  )
}
