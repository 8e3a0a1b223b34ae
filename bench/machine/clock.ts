// Whether the clocks of two processes agree: without that, a time taken in one
// and subtracted in the other means nothing.

/** Times in ns: the child's `t1` lies between the parent's `t0` and `t2`. */
export interface Exchange {
  readonly t0: number
  readonly t1: number
  readonly t2: number
}

/**
 * The least and the most by which the child's clock is ahead. The message came
 * after it was sent, so each exchange gives t1 - t2 <= offset <= t1 - t0, and
 * all together the narrowest of those: half of the shortest way, not an error.
 */
export function offsetBounds(
  exchanges: readonly Exchange[],
): [least: number, most: number] {
  let least = Number.NEGATIVE_INFINITY
  let most = Number.POSITIVE_INFINITY
  for (const { t0, t1, t2 } of exchanges) {
    least = Math.max(least, t1 - t2)
    most = Math.min(most, t1 - t0)
  }
  return [least, most]
}
