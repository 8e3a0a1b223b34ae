// The noise of a machine: the same contestant twice, under two names, in the
// same rounds. Whatever differs between them is no difference of transports.

import type { Entrant } from './contestant.ts'
import type { Comparison, Result } from './result.ts'

/** The mark on the second name. */
const again = ' (again)'

/** Each of them twice. */
export function doubled(contestants: readonly Entrant[]): Entrant[] {
  return contestants.flatMap((one) => [
    one,
    {
      ...one,
      id: `${one.id}${again}`,
      title: `${one.title}${again}`,
      sameAs: one.id,
    },
  ])
}

/** Those of a contestant with itself. */
export function comparisonsWithItself({ comparisons }: Result): Comparison[] {
  return comparisons.filter(
    ({ a, b }) => `${a}${again}` === b || `${b}${again}` === a,
  )
}

/** The largest shift of each metric, in per cent, by `scenario/metric`. */
export function noiseOf(
  comparisons: readonly Comparison[],
): Record<string, number> {
  const noise: Record<string, number> = {}
  for (const { scenario, metric, shiftPercent } of comparisons) {
    const key = `${scenario}/${metric}`
    noise[key] = Math.max(noise[key] ?? 0, Math.abs(shiftPercent))
  }
  return noise
}
