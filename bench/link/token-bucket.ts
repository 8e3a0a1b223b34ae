// The narrowest part of a link, as a token bucket: it says when the last of
// some bytes is through.

/** One full TCP segment on Ethernet: 1500, less IP, TCP and timestamps. */
export const segmentBytes = 1448

/** What passes at once after a pause: so long, or one segment. */
const burstMs = 10

export class TokenBucket {
  readonly bytesPerMs: number
  readonly #most: number
  /** Below zero, it is what still has to come in for those who wait. */
  #tokens: number
  #filledAt = Number.NEGATIVE_INFINITY

  constructor(kbitPerS: number) {
    // 1 kbit/s is 1 bit/ms.
    this.bytesPerMs = kbitPerS / 8
    this.#most = Math.max(segmentBytes, burstMs * this.bytesPerMs)
    this.#tokens = this.#most
  }

  /** When `bytes` that come at `now`, after all before them, are through. */
  pass(bytes: number, now: number): number {
    const filled = this.#tokens + (now - this.#filledAt) * this.bytesPerMs
    this.#filledAt = now
    this.#tokens = Math.min(this.#most, filled) - bytes
    return now + Math.max(0, -this.#tokens) / this.bytesPerMs
  }
}
