// How large a difference is, without a wild round deciding: Hodges and Lehmann
// 1963.

import { median } from 'simple-statistics'

/** Of pairs: the median of all means of two of their differences. */
export function pairedShift(differences: readonly number[]): number {
  const means: number[] = []
  for (const [n, a] of differences.entries())
    for (const b of differences.slice(n)) means.push((a + b) / 2)
  return median(means)
}

/** Of two samples: the median of all differences between one and the other. */
export function shiftBetween(
  a: readonly number[],
  b: readonly number[],
): number {
  return median(a.flatMap((one) => b.map((other) => other - one)))
}
