// What all subscribers of a generator receive of the messages from `first` on.

import type { Clock } from './clock.ts'
import {
  encodeHistogram,
  type Histogram,
  newHistogram,
  record,
} from './histogram.ts'
import { Ledger } from './ledger.ts'

/** A window, as it is told to others. */
export interface Received {
  readonly received: number
  readonly lost: number
  readonly duplicated: number
  readonly reordered: number
  /** HDR histograms of ns; all count from when a message was due, but `published`. */
  readonly histograms: Readonly<Record<Latency, string>>
}

/**
 * `due`: from when it was due to each delivery. `published`: from when it was
 * published, which hides a server that was too busy to publish. The others have
 * one value a message: its first, middle and last delivery.
 */
export type Latency = 'due' | 'published' | 'first' | 'median' | 'last'

const latencies = ['due', 'published', 'first', 'median', 'last'] as const

export class Window {
  readonly #clock: Clock
  readonly #first: number
  readonly #end: number
  readonly #silent: ReadonlySet<number>
  /** How many are to receive. */
  readonly #readers: number
  readonly #ledgers: Ledger[]
  /** How many subscribers have each message. */
  readonly #reach: Uint32Array
  readonly #histograms: Record<Latency, Histogram>
  #left: number
  #done = () => {}

  /**
   * @param count messages that are expected
   * @param silent subscribers that do not count: they were told not to read
   */
  constructor(
    clock: Clock,
    first: number,
    count: number,
    subscribers: number,
    silent: ReadonlySet<number> = new Set(),
  ) {
    this.#silent = silent
    this.#readers = subscribers - silent.size
    this.#clock = clock
    this.#first = first
    this.#end = first + count
    this.#ledgers = Array.from({ length: subscribers }, () => new Ledger(first))
    this.#reach = new Uint32Array(count)
    this.#left = count * this.#readers
    this.#histograms = Object.fromEntries(
      latencies.map((name) => [name, newHistogram()]),
    ) as Record<Latency, Histogram>
  }

  receive(
    subscriber: number,
    number: number,
    dueNs: number,
    publishedNs: number,
  ): void {
    if (number >= this.#end) return // Of a later window, or a probe.
    if (this.#silent.has(subscriber)) return
    if (!this.#ledgers[subscriber]?.receive(number)) return
    const nowNs = this.#clock()
    const latencyNs = nowNs - dueNs
    const { due, published, first, median, last } = this.#histograms
    record(due, latencyNs)
    record(published, nowNs - publishedNs)
    if (this.#readers > 1) {
      const index = number - this.#first
      const reach = (this.#reach[index] ?? 0) + 1
      this.#reach[index] = reach
      // Deliveries come in the order of their latency.
      if (reach === 1) record(first, latencyNs)
      if (reach === (this.#readers + 1) >> 1) record(median, latencyNs)
      if (reach === this.#readers) record(last, latencyNs)
    }
    if (--this.#left === 0) this.#done()
  }

  /** Resolves when all is here, or after `deadlineMs`. */
  complete(deadlineMs: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#left <= 0) return resolve()
      const late = setTimeout(resolve, deadlineMs)
      this.#done = () => {
        clearTimeout(late)
        resolve()
      }
    })
  }

  /** The median latency so far, and how much of it chance explains, in ns. */
  middle(): { medianNs: number; notchNs: number; count: number } {
    const { due } = this.#histograms
    const count = due.totalCount
    if (count === 0) return { medianNs: 0, notchNs: 0, count }
    const spread = due.getValueAtPercentile(75) - due.getValueAtPercentile(25)
    return {
      medianNs: due.getValueAtPercentile(50),
      // The notch of a box plot: McGill, Tukey and Larsen 1978.
      notchNs: (1.57 * spread) / Math.sqrt(count),
      count,
    }
  }

  read(): Received {
    const sums = { received: 0, lost: 0, duplicated: 0, reordered: 0 }
    for (const [subscriber, ledger] of this.#ledgers.entries()) {
      if (this.#silent.has(subscriber)) continue
      sums.received += ledger.received
      sums.duplicated += ledger.duplicated
      sums.reordered += ledger.reordered
      sums.lost += ledger.lost(this.#end)
    }
    const histograms = Object.fromEntries(
      latencies.map((name) => [name, encodeHistogram(this.#histograms[name])]),
    ) as Record<Latency, string>
    return { ...sums, histograms }
  }

  /** WebAssembly's memory is not collected: it is given back. */
  close(): void {
    for (const histogram of Object.values(this.#histograms)) histogram.destroy()
  }
}
