// Ranks of values, and two tests that look at nothing else: latencies are no
// normal distribution, and one wild round must not decide.

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
 * two-sided, that they lie around 0. Exact, with ties as well: all ways in
 * which the signs could have fallen are counted.
 */
export function signedRankTest(differences: readonly number[]): number {
  const some = differences.filter((difference) => difference !== 0)
  // Middles of ranks may be halves: twice as much is whole.
  const rank = ranks(some.map(Math.abs)).map((value) => 2 * value)
  const total = sumOf(rank)
  const positive = sumOf(rank.filter((_, n) => (some[n] ?? 0) > 0))
  /** In how many ways the positive ones can have each sum. */
  const ways = new Array<number>(total + 1).fill(0)
  ways[0] = 1
  for (const value of rank)
    for (let sum = total; sum >= value; sum--)
      ways[sum] = (ways[sum] ?? 0) + (ways[sum - value] ?? 0)
  return twoSided(ways, positive, total)
}

/**
 * Mann and Whitney's test of two independent samples: the probability,
 * two-sided, that neither tends to larger values. Exact, as above: all ways to
 * choose the ranks of one sample are counted.
 */
export function rankSumTest(
  a: readonly number[],
  b: readonly number[],
): number {
  if (a.length === 0 || b.length === 0) return 1
  const rank = ranks([...a, ...b]).map((value) => 2 * value)
  const total = sumOf(rank)
  /** In how many ways so many ranks have each sum. */
  const ways = Array.from({ length: a.length + 1 }, () =>
    new Array<number>(total + 1).fill(0),
  )
  const none = ways[0]
  if (none) none[0] = 1
  for (const value of rank)
    for (let chosen = a.length; chosen > 0; chosen--)
      for (let sum = total; sum >= value; sum--) {
        const [now, before] = [ways[chosen], ways[chosen - 1]]
        if (now) now[sum] = (now[sum] ?? 0) + (before?.[sum - value] ?? 0)
      }
  const ofA = sumOf(rank.slice(0, a.length))
  // Around the sum that is due to so many of all ranks.
  const middle = (total * a.length) / rank.length
  return twoSided(ways[a.length] ?? [], ofA, 2 * middle)
}

/** The share of ways whose sum is at least as far from the middle, `ends / 2`, as this one. */
function twoSided(ways: readonly number[], sum: number, ends: number): number {
  const far = Math.abs(sum - ends / 2)
  // Halves and thirds of whole numbers: equal ones may differ in the last bit.
  const extreme = ways.filter((_, at) => Math.abs(at - ends / 2) >= far - 1e-9)
  return sumOf(extreme) / sumOf(ways)
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
