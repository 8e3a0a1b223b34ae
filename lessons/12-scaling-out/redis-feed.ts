// A feed that many servers share: its messages are in a stream of Redis, and
// each node keeps the newest of them in its own memory, for its own subscribers.

import { randomBytes } from 'node:crypto'

import { type Cursor, parseCursor } from '../cursor.ts'
import { type Deliver, Feed, type FeedOptions, type Message } from '../feed.ts'
import { Backoff } from '../shared/backoff.ts'
import { sleep } from '../shared/sleep.ts'
import {
  formatPlace,
  isAfter,
  nameOf,
  nowhere,
  type Place,
  placeOf,
} from './place.ts'
import { type Entry, RedisLink } from './redis-link.ts'
import { goneAway, tooLate, Unpublished, type Waiting } from './unpublished.ts'

export interface RedisFeedOptions extends Omit<FeedOptions, 'name'> {
  /** The key of the stream: `push`, if absent. The node's own keys begin with it. */
  stream?: string
  /** How long a message may take to be published, before it is refused: 5 s. */
  publishMs?: number
  /** The first delay before it connects again: 100 ms. */
  retryMs?: number
  /** Takes a line when the way to Redis breaks, and when it is there again. */
  log?: (line: string) => void
}

/** How far the clocks of a node and of Redis may differ. */
const hourMs = 3_600_000

/** How many cursors that were never given out a node remembers. */
const mostRefused = 1_000

type Options = ReturnType<typeof withDefaults>

function withDefaults({
  stream = 'push',
  maxMessages = 10_000,
  publishMs = 5_000,
  retryMs = 100,
  log = () => {},
  ...more
}: RedisFeedOptions) {
  return { stream, maxMessages, publishMs, retryMs, log, ...more }
}

export class RedisFeed extends Feed {
  readonly #url: URL
  readonly #options: Options
  readonly #closing = new AbortController()
  readonly #unpublished: Unpublished
  /** Cursors of which Redis says that they were never given out. */
  readonly #refused = new Set<string>()
  /** The way to Redis, while there is one. */
  #link: RedisLink | undefined
  /** Whoever waits for one. */
  readonly #linked = new Set<() => void>()
  /** The last entry that was read, and who published it. */
  #last: Place
  #lastBy = ''

  /**
   * Connects, and reads what the history holds.
   *
   * @throws Error with a sentence when there is no Redis to use
   */
  static async open(url: URL, own: RedisFeedOptions = {}): Promise<RedisFeed> {
    const options = withDefaults(own)
    const link = await RedisLink.open(url, options.stream)
    try {
      const { last } = await link.agree(nowhere, '')
      const feed = new RedisFeed(url, options, last)
      await feed.#load(link)
      feed.#stay(link)
      return feed
    } catch (error) {
      link.close()
      throw error
    }
  }

  private constructor(url: URL, options: Options, last: Place) {
    super({ ...options, name: nameOf(last) })
    this.#url = url
    this.#options = options
    this.#last = last
    const node = randomBytes(6).toString('hex')
    this.#unpublished = new Unpublished(node, options.publishMs)
  }

  /** Lets go of Redis. What is not published by then is refused. */
  close(): void {
    this.#closing.abort()
    this.#link?.close()
    this.#unpublished.refuseAll()
  }

  // #region publish
  /** @throws Refusal (503) when Redis does not take it in time */
  override async publish(data: string): Promise<Message> {
    this.refuseUnfit(data)
    if (this.#closing.signal.aborted) throw goneAway()
    const one = this.#unpublished.add(data)
    if (this.#link) this.#send(one, this.#link)
    // When this node has read it: whoever asks for it here next will find it.
    return one.published
  }

  async #send(one: Waiting, link: RedisLink): Promise<void> {
    const { maxMessages, publishMs } = this.#options
    try {
      const answer = await link.publish(one, this.#last, maxMessages)
      if (answer === 'late') one.settle(tooLate(publishMs))
      // Over the next link it is agreed first where this is.
      if (answer === 'elsewhere') link.close()
    } catch {
      // It is sent again over the next link.
    }
  }
  // #endregion publish

  // #region read
  /** Reads for all subscribers of this node, and comes back when the link breaks. */
  async #stay(first: RedisLink): Promise<void> {
    const { signal } = this.#closing
    const { stream, retryMs, log } = this.#options
    const backoff = new Backoff(retryMs)
    let link: RedisLink | undefined = first
    let told = ''
    while (!signal.aborted) {
      try {
        link ??= await RedisLink.open(this.#url, stream)
        await this.#agree(link)
        signal.throwIfAborted()
        if (link !== first) log('Redis is there again')
        backoff.reset()
        told = ''
        await this.#read(link)
      } catch (error) {
        const { message } = error as Error
        const why = link ? `Redis is gone: ${link.why ?? message}` : message
        if (!signal.aborted && why !== told) log(why)
        told = why
      }
      link?.close()
      link = undefined
      await sleep(backoff.next(), signal)
    }
  }

  /** Redis may have started anew meanwhile, with all that it had, or without. */
  async #agree(link: RedisLink): Promise<void> {
    const { last, isLost } = await link.agree(this.#last, this.#lastBy)
    if (!isLost) return
    this.#last = { ...last, position: 0 }
    this.goOnAt(nameOf(last), 0)
  }

  async #read(link: RedisLink): Promise<never> {
    this.#link = link
    for (const wakeUp of this.#linked) wakeUp()
    for (const one of this.#unpublished) this.#send(one, link)
    try {
      for (;;) this.#take(await link.next(this.#last))
    } finally {
      this.#link = undefined
    }
  }

  #take(entries: readonly Entry[]): void {
    for (const { openedMs, position, by = '', data } of entries) {
      const { openedMs: before, position: last } = this.#last
      this.#last = { openedMs, position }
      this.#lastBy = by
      if (openedMs !== before || position !== last + 1)
        this.goOnAt(nameOf(this.#last), Math.max(position - 1, 0))
      // The entry that opens a feed has none.
      if (data !== undefined) this.#unpublished.seen(by, this.append(data))
    }
  }
  // #endregion read

  /** The newest of what Redis has, as much as the history may hold. */
  async #load(link: RedisLink): Promise<void> {
    const last = this.#last
    const { maxMessages } = this.#options
    const entries: Entry[] = []
    let bytes = 0
    let { position } = last
    while (position > 0 && entries.length < maxMessages) {
      const page = await link.before({ ...last, position })
      for (const entry of page) {
        bytes += Buffer.byteLength(entry.data ?? '')
        const isOurs = entry.openedMs === last.openedMs && entry.position > 0
        if (isOurs && bytes <= this.maxBytes) entries.push(entry)
        else position = 0
      }
      if (page.length === 0 || position === 0) break
      position = (page.at(-1)?.position ?? 1) - 1
    }
    const first = entries.at(-1)?.position ?? last.position + 1
    this.#last = { ...last, position: first - 1 }
    this.goOnAt(nameOf(last), first - 1)
    this.#take(entries.reverse())
  }

  // #region ahead
  /**
   * A subscriber that comes from another node may be ahead of this one. It is
   * not refused: it waits until this node has read as far.
   */
  protected override isYetToCome(cursor: Cursor): boolean {
    const place = placeOf(cursor)
    return (
      place !== undefined &&
      isAfter(place, this.#last) &&
      place.openedMs < Date.now() + hourMs &&
      !this.#refused.has(formatPlace(place))
    )
  }

  override async follow(
    cursor: string,
    signal: AbortSignal,
    deliver: Deliver,
  ): Promise<void> {
    const parsed = parseCursor(cursor)
    if (parsed && this.isYetToCome(parsed)) {
      const place = placeOf(parsed) ?? nowhere
      // It ends, and is refused when it comes back.
      if (!(await this.#wasGivenOut(place, signal))) return
      while (this.isYetToCome(parsed) && !signal.aborted)
        await this.published(hourMs, signal)
    }
    return super.follow(cursor, signal, deliver)
  }

  /** Asks Redis, as soon as it can be reached. */
  async #wasGivenOut(place: Place, signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      const last = await this.#link?.last().catch(() => undefined)
      // The link is broken, or there is none.
      if (last === undefined) await this.#nextLink(signal)
      else if (!isAfter(place, last)) return true
      else {
        if (this.#refused.size >= mostRefused) this.#refused.clear()
        this.#refused.add(formatPlace(place))
        return false
      }
    }
    return true
  }
  // #endregion ahead

  #nextLink(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const settle = () => {
        this.#linked.delete(settle)
        signal.removeEventListener('abort', settle)
        resolve()
      }
      this.#linked.add(settle)
      signal.addEventListener('abort', settle)
    })
  }
}
