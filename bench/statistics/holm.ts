// Holm's correction (1979): of many tests some show a difference by chance, so
// each has to show more.

/** Corrected p-values, in the order of the given ones. */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p)
  const corrected = new Array<number>(ps.length)
  let least = 0
  for (const [rank, { p, index }] of order.entries()) {
    least = Math.max(least, Math.min(1, p * (ps.length - rank)))
    corrected[index] = least
  }
  return corrected
}
