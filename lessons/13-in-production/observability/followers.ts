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

  constructor(feed: Feed, signal: AbortSignal) {
    this.#feed = feed
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
        const position = positionOf(message.id)
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
    const next = this.#slowest + 1
    const present = positionOf(this.#feed.present)
    if (next > present) return 0
    const known = Math.max(next, present - keptTimes + 1)
    const came = this.#times[known % keptTimes]
    return came ? nowMs - came : 0
  }
  // #endregion follow

  get #slowest(): number {
    let slowest = positionOf(this.#feed.present)
    for (const { after } of this.#all) slowest = Math.min(slowest, after)
    return slowest
  }
}

function positionOf(cursor: string): number {
  return parseCursor(cursor)?.position ?? 0
}
