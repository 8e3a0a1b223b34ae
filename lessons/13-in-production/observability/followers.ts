// Where every subscriber is in the feed, and how far that is behind.

import { parseCursor } from '../../cursor.ts'
import type { Deliver, Feed } from '../../feed.ts'

/** Of so many messages it is known when they came. */
const keptTimes = 10_000

export class Followers {
  readonly #feed: Feed
  /** The cursor of each: after the last message that its connection had room for. */
  readonly #all = new Set<{ after: number }>()
  /** When a message came, at its position modulo the length. */
  readonly #times = new Float64Array(keptTimes)
  readonly #onLost: () => void
  #latest = { id: '', position: 0 }

  /** @param onLost called when one goes on after messages that it never got */
  constructor(feed: Feed, signal: AbortSignal, onLost = () => {}) {
    this.#feed = feed
    this.#onLost = onLost
    void feed.follow(feed.present, signal, ({ id }) => {
      this.#times[positionOf(id) % keptTimes] = Date.now()
      return undefined
    })
  }

  get count(): number {
    return this.#all.size
  }

  // #region follow
  /** As the feed does, and remembers how far it has come. */
  async follow(
    cursor: string,
    signal: AbortSignal,
    deliver: Deliver,
  ): Promise<void> {
    const follower = { after: positionOf(cursor) }
    this.#all.add(follower)
    try {
      await this.#feed.follow(cursor, signal, (message) => {
        const position = this.#positionOf(message.id)
        // Those between were forgotten while it had no room for them.
        if (position !== follower.after + 1) this.#onLost()
        const drained = deliver(message)
        // While it waits for room, the message is not on its way yet.
        if (drained === undefined) follower.after = position
        else follower.after = position - 1
        return drained?.then(() => {
          follower.after = position
        })
      })
    } finally {
      this.#all.delete(follower)
    }
  }

  /** How many messages the slowest has yet to be handed. */
  get lagMessages(): number {
    return positionOf(this.#feed.present) - this.#slowest
  }

  /** How long ago the message came that the slowest gets next; 0 when there is none. */
  lagMs(nowMs: number): number {
    return this.#waitOf(this.#slowest, nowMs)
  }

  /** How many wait for a message that is older than `limitMs`. */
  late(limitMs: number, nowMs: number): number {
    let late = 0
    for (const { after } of this.#all)
      if (this.#waitOf(after, nowMs) > limitMs) late++
    return late
  }
  // #endregion follow

  /** One message goes to all: its id is read once, and not for each of them. */
  #positionOf(id: string): number {
    if (id !== this.#latest.id) this.#latest = { id, position: positionOf(id) }
    return this.#latest.position
  }

  #waitOf(after: number, nowMs: number): number {
    const present = positionOf(this.#feed.present)
    if (after >= present) return 0
    const known = Math.max(after + 1, present - keptTimes + 1)
    const came = this.#times[known % keptTimes]
    return came ? nowMs - came : 0
  }

  get #slowest(): number {
    let slowest = positionOf(this.#feed.present)
    for (const { after } of this.#all) slowest = Math.min(slowest, after)
    return slowest
  }
}

function positionOf(cursor: string): number {
  return parseCursor(cursor)?.position ?? 0
}
