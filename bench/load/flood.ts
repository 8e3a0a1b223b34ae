// What subscribers receive of messages that come as fast as they are taken.

import { Ledger } from './ledger.ts'

export class Flood {
  /** Deliveries so far. */
  received = 0
  readonly #end: number
  readonly #ledgers: Ledger[]

  /** @param count numbers that messages of the flood may have */
  constructor(first: number, count: number, subscribers: number) {
    this.#end = first + count
    this.#ledgers = Array.from({ length: subscribers }, () => new Ledger(first))
  }

  receive(subscriber: number, number: number): void {
    if (number >= this.#end) return // A probe that comes late.
    if (this.#ledgers[subscriber]?.receive(number)) this.received++
  }

  /** The number after the last message that everybody has received, or will never. */
  get progress(): number {
    let least = Number.POSITIVE_INFINITY
    for (const { next } of this.#ledgers) least = Math.min(least, next)
    return least
  }

  /** @param end the number after the last message that was published */
  counts(end: number) {
    const sums = { received: 0, lost: 0, duplicated: 0, reordered: 0 }
    for (const ledger of this.#ledgers) {
      sums.received += ledger.received
      sums.duplicated += ledger.duplicated
      sums.reordered += ledger.reordered
      sums.lost += ledger.lost(end)
    }
    return sums
  }
}
