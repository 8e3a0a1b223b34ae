// Every message accounted for, one ledger a subscriber. In the usual case a
// comparison and an addition: anything more would make the reader the bottleneck.

export class Ledger {
  /** How many different messages have come. */
  received = 0
  duplicated = 0
  /** Those that came after a later one. */
  reordered = 0
  readonly #first: number
  #next: number
  #missing: Set<number> | undefined

  /** @param first number of the first message that counts */
  constructor(first: number) {
    this.#first = first
    this.#next = first
  }

  /** The number after the last message that has come. */
  get next(): number {
    return this.#next
  }

  /** True when this message is a new one. */
  receive(number: number): boolean {
    if (number === this.#next) {
      this.#next++
      this.received++
      return true
    }
    return this.#outOfTurn(number)
  }

  /** How many messages before `end` have not come. */
  lost(end: number): number {
    return (this.#missing?.size ?? 0) + Math.max(0, end - this.#next)
  }

  #outOfTurn(number: number): boolean {
    if (number < this.#first) return false // Of an earlier window: it was counted there.
    if (number > this.#next) {
      this.#missing ??= new Set()
      while (this.#next < number) this.#missing.add(this.#next++)
      this.#next++
    } else if (this.#missing?.delete(number)) {
      this.reordered++
    } else {
      this.duplicated++
      return false
    }
    this.received++
    return true
  }
}
