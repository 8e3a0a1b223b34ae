// Ranks of values, and two tests that look at nothing else: latencies are no
// normal distribution, and one wild round must not decide.

import { psignrank, pwilcox } from 'lib-r-math.js'

/** From 1; equal values share the middle of their ranks. */
export function ranks(values: readonly number[]): number[] {
  const order = values
    .map((value, index) => ({ value, index }))
    .sort((a, b) => a.value - b.value)
  const result = new Array<number>(values.length)
  for (let from = 0; from < order.length; ) {
    let to = from
    while (order[to + 1]?.value === order[from]?.value) to++
    for (let n = from; n <= to; n++)
      result[order[n]?.index ?? 0] = (from + to) / 2 + 1
    from = to + 1
  }
  return result
}

/**
 * Wilcoxon's signed-rank test of differences within pairs: the probability,
 * two-sided, that they lie around 0. Exact where there are no ties; with ties
 * the next rank sum that is less extreme is taken, which claims too little.
 */
export function signedRankTest(differences: readonly number[]): number {
  const some = differences.filter((difference) => difference !== 0)
  if (some.length === 0) return 1
  const rank = ranks(some.map(Math.abs))
  const sum = (wanted: (difference: number) => boolean) =>
    some.reduce(
      (total, difference, n) =>
        wanted(difference) ? total + (rank[n] ?? 0) : total,
      0,
    )
  const smaller = Math.min(
    sum((difference) => difference > 0),
    sum((difference) => difference < 0),
  )
  return Math.min(1, 2 * psignrank(Math.ceil(smaller), some.length))
}

/**
 * Mann and Whitney's test of two independent samples: the probability,
 * two-sided, that neither tends to larger values. Ties as above.
 */
export function rankSumTest(
  a: readonly number[],
  b: readonly number[],
): number {
  if (a.length === 0 || b.length === 0) return 1
  const rank = ranks([...a, ...b])
  const sumOfA = rank.slice(0, a.length).reduce((sum, value) => sum + value, 0)
  const u = sumOfA - (a.length * (a.length + 1)) / 2
  const smaller = Math.min(u, a.length * b.length - u)
  return Math.min(1, 2 * pwilcox(Math.ceil(smaller), a.length, b.length))
}
