// What a new subscriber costs a server before it is one: somebody looks up who
// it is, and does so for one at a time.

import { sleep } from '../../shared/sleep.ts'

export interface DoorOptions {
  /** For each. */
  readonly costMs: number
  /** How many may wait; those beyond are told when to come back. Absent: everybody may. */
  readonly most?: number
  /** Nobody is looked up who has gone meanwhile. */
  readonly heedsLeaving?: boolean
}

export class Door {
  readonly #costMs: number
  readonly #most: number
  readonly #heedsLeaving: boolean
  #last: Promise<void> = Promise.resolve()
  #waiting = 0
  /** When there is a turn for the next one that is told to come back. */
  #freeMs = 0

  constructor(options: DoorOptions) {
    const { costMs, most = Infinity, heedsLeaving = false } = options
    this.#costMs = costMs
    this.#most = most
    this.#heedsLeaving = heedsLeaving
  }

  // #region door
  /** Resolves after this one's turn, or with seconds when it is to come back then. */
  async enter(isThere: () => boolean): Promise<number | undefined> {
    if (this.#waiting >= this.#most) return this.#comeBackS()
    this.#waiting++
    const lookUp = () =>
      this.#heedsLeaving && !isThere() ? undefined : sleep(this.#costMs)
    this.#last = this.#last.then(lookUp)
    await this.#last
    this.#waiting--
    return undefined
  }

  /** Each is told another time: all that are refused together would come back together. */
  #comeBackS(): number {
    const nowMs = performance.now()
    const soonestMs = nowMs + this.#waiting * this.#costMs
    this.#freeMs = Math.max(this.#freeMs, soonestMs) + this.#costMs
    return Math.ceil((this.#freeMs - nowMs) / 1_000)
  }
  // #endregion door
}
