// How often somebody may do something: a token bucket.

export class Allowance {
  readonly #perS: number
  readonly #atOnce: number
  #left: number
  #filledMs = 0

  /** @param atOnce how many may come together, after a pause */
  constructor(perS: number, atOnce: number) {
    this.#perS = perS
    this.#atOnce = atOnce
    this.#left = atOnce
  }

  // #region take
  /** Takes one if there is one, and returns 0; else in how many milliseconds there is. */
  take(nowMs: number): number {
    this.#fill(nowMs)
    if (this.#left < 1) return this.#msUntil(1)
    this.#left--
    return 0
  }

  /** Takes `count`, also what is not there yet. Returns in how many milliseconds it is. */
  spend(nowMs: number, count: number): number {
    this.#fill(nowMs)
    this.#left -= count
    return this.#msUntil(0)
  }

  #fill(nowMs: number): void {
    const passedS = (nowMs - this.#filledMs) / 1_000
    this.#left = Math.min(this.#atOnce, this.#left + passedS * this.#perS)
    this.#filledMs = nowMs
  }

  #msUntil(count: number): number {
    return Math.max(0, ((count - this.#left) / this.#perS) * 1_000)
  }
  // #endregion take
}

/** An allowance for each: of those who have done nothing for the longest, it forgets the rest. */
export class Allowances {
  readonly #make: () => Allowance
  readonly #most: number
  readonly #byName = new Map<string, Allowance>()

  constructor(make: () => Allowance, most = 10_000) {
    this.#make = make
    this.#most = most
  }

  of(name: string): Allowance {
    const allowance = this.#byName.get(name) ?? this.#make()
    // A Map keeps the order in which its entries came.
    this.#byName.delete(name)
    this.#byName.set(name, allowance)
    const [oldest] = this.#byName.keys()
    if (this.#byName.size > this.#most && oldest !== undefined)
      this.#byName.delete(oldest)
    return allowance
  }
}
