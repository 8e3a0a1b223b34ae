// How long to wait before the next attempt.

/** Delays do not grow beyond this. */
const longestMs = 30_000

/**
 * Each delay is twice as long as the one before, times a random number between
 * a half and one: without it, all clients of a restarted server come back in
 * the same instant, and every time again.
 */
export class Backoff {
  /** The first delay, before the random number: 1 s unless the server names another. */
  baseMs: number
  readonly #random: () => number
  #failures = 0

  constructor(baseMs = 1_000, random = Math.random) {
    this.baseMs = baseMs
    this.#random = random
  }

  /** The next delay in milliseconds. */
  next(): number {
    const grownMs = Math.min(this.baseMs * 2 ** this.#failures++, longestMs)
    return Math.round(grownMs * (0.5 + this.#random() / 2))
  }

  /** Starts over at the first delay. */
  reset(): void {
    this.#failures = 0
  }
}
