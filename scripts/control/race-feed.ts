// The feed that all lessons carry when they race: the same messages at the same
// moment, at a pace that the watching page sets.
import { performance } from 'node:perf_hooks'

import { Feed, type Message } from '../../lessons/feed.ts'
import { type Pace, paceLeaseMs, type RaceMessage } from './manifest.ts'

/** Nobody resumes a race from long ago. */
const historyBytes = 16 * 1024 * 1024

/** `setTimeout` counts in 32 bits, and takes what is longer for 1 ms. */
const longestMs = 2 ** 31 - 1

export class RaceFeed {
  readonly feed = new Feed({ maxBytes: historyBytes })
  readonly #signal: AbortSignal
  #pace: Pace = { ratePerS: 0, bytes: 64 }
  #published = 0
  #next: NodeJS.Timeout | undefined
  #lease: NodeJS.Timeout | undefined

  /** @param signal ends the pace, and that no other is set */
  constructor(signal: AbortSignal) {
    this.#signal = signal
    signal.addEventListener('abort', () => this.#stop(), { once: true })
  }

  /** What is in force now. */
  get pace(): Pace {
    return this.#pace
  }

  /** Publishes at this pace, until `paceLeaseMs` after the last call. */
  setPace(pace: Pace): void {
    if (this.#signal.aborted) return
    clearTimeout(this.#lease)
    this.#lease = setTimeout(() => this.#stop(), paceLeaseMs)
    const { ratePerS } = this.#pace
    this.#pace = pace
    // Whoever only renews a slow pace must not put off its next message.
    if (pace.ratePerS === ratePerS) return
    clearInterval(this.#next)
    if (pace.ratePerS === 0) return
    const intervalMs = Math.min(1_000 / pace.ratePerS, longestMs)
    this.#next = setInterval(() => this.#publishPadded(), intervalMs)
  }

  /** One message with this text, whatever the pace. */
  async publish(text: string): Promise<Message> {
    return this.feed.publish(JSON.stringify({ ...this.#stamp(), text }))
  }

  #publishPadded(): void {
    const stamp = this.#stamp()
    const bare = JSON.stringify(stamp)
    const room = this.#pace.bytes - bare.length - ',"pad":""'.length
    this.feed.publish(
      room < 0 ? bare : JSON.stringify({ ...stamp, pad: 'x'.repeat(room) }),
    )
  }

  #stamp(): RaceMessage {
    const nowMs = performance.timeOrigin + performance.now()
    // More digits than microseconds are no more than noise.
    const sentAtMs = Math.round(nowMs * 1_000) / 1_000
    return { n: ++this.#published, sentAtMs }
  }

  #stop(): void {
    clearTimeout(this.#lease)
    clearInterval(this.#next)
    this.#pace = { ...this.#pace, ratePerS: 0 }
  }
}
