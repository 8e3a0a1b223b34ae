// The feed: the messages that a server carries, a bounded history that
// subscribers read through cursors.

import { randomInt } from 'node:crypto'

import { type Cursor, formatCursor, parseCursor } from './cursor.ts'
import { Refusal } from './shared/refusal.ts'

/** What the application publishes. */
export interface Message {
  /** The cursor just after this message, such as `k3f9x2-42`. */
  readonly id: string
  readonly data: string
}

/**
 * Hands a message to one subscriber. When the connection is full it returns a
 * promise, and the feed waits for it before it goes on with the next message.
 */
export type Deliver = (message: Message) => Promise<unknown> | undefined

export interface FeedOptions {
  /** The feed's part of its cursors: 4 to 16 of a-z and 0-9. Random if absent. */
  name?: string
  /** How many messages the history keeps: 10,000 if absent. */
  maxMessages?: number
  /** How many bytes of data (as UTF-8) it keeps: 64 MiB if absent. */
  maxBytes?: number
  /** Called whenever somebody asks for a place to start. */
  onSubscribe?: () => void
}

/**
 * A subscriber is only a position in the history. Live delivery, the replay
 * after a reconnect, and a slow reader that lags behind are therefore one loop:
 * `follow`.
 */
export class Feed {
  /** The most that the history holds, and so the largest message. */
  readonly maxBytes: number
  readonly #maxMessages: number
  readonly #onSubscribe: () => void
  /**
   * Messages are counted from 1 on for as long as this object lives. That is
   * their position as well, until `goOnAt` parts the two.
   */
  readonly #history = new Map<number, Message>()
  readonly #wakeUps = new Set<() => void>()
  #name: string
  #count = 0
  /** What is to be added to a position to have the message's number. */
  #shift = 0
  /** The number before the first message that `#shift` holds for. */
  #begin = 0
  #bytes = 0

  constructor(options: FeedOptions = {}) {
    this.#name = options.name ?? randomName()
    if (parseCursor(this.start) === undefined)
      throw new RangeError(
        `A feed's name must be 4 to 16 of a-z and 0-9, got "${this.name}".`,
      )
    this.#maxMessages = options.maxMessages ?? 10_000
    this.maxBytes = options.maxBytes ?? 64 * 1024 * 1024
    this.#onSubscribe = options.onSubscribe ?? (() => {})
  }

  get name(): string {
    return this.#name
  }

  /** The cursor of the present: after every message published so far. */
  get present(): string {
    return formatCursor(this.#name, this.position)
  }

  /** The oldest cursor that still loses nothing. */
  get start(): string {
    return formatCursor(this.#name, this.#startNumber - this.#shift)
  }

  /** How many messages this feed has had. */
  protected get position(): number {
    return this.#count - this.#shift
  }

  get #startNumber(): number {
    return Math.max(this.#forgotten, this.#begin)
  }

  /** How many messages were forgotten. */
  get #forgotten(): number {
    return this.#count - this.#history.size
  }

  /** How many subscribers wait here: tests see that a server lets go of them. */
  get followerCount(): number {
    return this.#wakeUps.size
  }

  /**
   * Here a message is published at once. A feed that several servers share has
   * to ask for its id, and promises it.
   *
   * @throws RangeError when the history could not hold `data`
   * @throws TypeError when `data` is not well-formed Unicode: no transport
   *   could carry a lone surrogate as UTF-8
   */
  publish(data: string): Message | Promise<Message> {
    this.refuseUnfit(data)
    return this.append(data)
  }

  /** @throws RangeError | TypeError as `publish` */
  protected refuseUnfit(data: string): void {
    const bytes = Buffer.byteLength(data)
    if (bytes > this.maxBytes)
      throw new RangeError(
        `A message must fit the feed's ${this.maxBytes} bytes, got ${bytes}.`,
      )
    if (!data.isWellFormed())
      throw new TypeError('Data must be well-formed Unicode text.')
  }

  /** The next message, to all who follow. */
  protected append(data: string): Message {
    const number = ++this.#count
    const message = { id: this.present, data }
    this.#history.set(number, message)
    this.#bytes += Buffer.byteLength(data)
    while (
      this.#history.size > this.#maxMessages ||
      this.#bytes > this.maxBytes
    )
      this.#forgetOldest()

    for (const wakeUp of this.#wakeUps) wakeUp()
    return message
  }

  /**
   * The next message is the one after `position`, of a feed that has this name
   * from now on. Whoever follows gets it next, and sees the jump by its id.
   */
  protected goOnAt(name: string, position: number): void {
    this.#name = name
    this.#shift = this.#count - position
    this.#begin = this.#count
  }

  #forgetOldest(): void {
    const oldest = this.#forgotten + 1
    this.#bytes -= Buffer.byteLength(this.#history.get(oldest)?.data ?? '')
    this.#history.delete(oldest)
  }

  /**
   * The cursor at which a subscriber starts who sends `cursor`: the present if
   * it sends none, the oldest message kept if its own are gone. It differs from
   * what was asked for when messages are lost, and so tells the subscriber.
   *
   * @throws Refusal (400) when it is no cursor, or not one of this feed. The
   *   header `feed-start` then names the cursor at which this feed starts.
   */
  locate(cursor?: string | null): string {
    this.#onSubscribe()
    if (cursor === undefined || cursor === null) return this.present
    const parsed = parseCursor(cursor)
    if (parsed === undefined)
      throw new Refusal(
        400,
        `A cursor looks like ${this.present}, got ${JSON.stringify(cursor)}. Leave it out to start at the present.`,
      )
    const isHere = parsed.feed === this.#name
    if (isHere && parsed.position <= this.position)
      return this.#numberOf(cursor) < this.#startNumber ? this.start : cursor
    if (this.isYetToCome(parsed)) return cursor
    throw new Refusal(
      400,
      `The cursor ${cursor} is not of this feed, which is at ${this.present}: the server has restarted since, or it is another one. Start again after ${this.start}.`,
      { 'feed-start': this.start },
    )
  }

  /** Whether a cursor beyond the present may be one that this feed has yet to reach: one that is only here knows all of its own. */
  protected isYetToCome(_cursor: Cursor): boolean {
    return false
  }

  /** The message with this id, if the history still has it. */
  find(id: string): Message | undefined {
    const message = this.#history.get(this.#numberOf(id))
    return message?.id === id ? message : undefined
  }

  /** The messages after `cursor`, oldest first: at least one, if there is one, and no more than `maxBytes` of data. */
  read(cursor: string, maxBytes = 1024 * 1024): Message[] {
    const messages: Message[] = []
    let bytes = 0
    let number = this.#after(this.#numberOf(cursor))
    for (;;) {
      const message = this.#history.get(number++)
      if (message === undefined) return messages
      bytes += Buffer.byteLength(message.data)
      if (bytes > maxBytes && messages.length > 0) return messages
      messages.push(message)
    }
  }

  /**
   * Delivers every message after `cursor`: those already published, then each
   * new one at once. Resolves when `signal` aborts, rejects when `deliver` fails.
   */
  follow(cursor: string, signal: AbortSignal, deliver: Deliver): Promise<void> {
    return new Promise((resolve, reject) => {
      let number = this.#numberOf(cursor)
      // While it delivers, too: whoever publishes there comes back to here.
      let busy = false
      // Not `signal.aborted`: with 500 subscribers, one object less to look at
      // for each message is time that shows.
      let left = false

      const leave = () => {
        left = true
        this.#wakeUps.delete(advance)
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const fail = (error: unknown) => {
        reject(error)
        leave()
      }
      const goOn = () => {
        busy = false
        advance()
      }
      // No promise is made for a connection that has room. Measured with 500
      // subscribers, an `await` for each message cost a fifth more CPU.
      const advance = () => {
        try {
          while (!busy && !left) {
            const next = this.#after(number)
            const message = this.#history.get(next)
            if (message === undefined) return
            number = next
            busy = true
            const drained = deliver(message)
            if (drained) drained.then(goOn, fail)
            else busy = false
          }
        } catch (error) {
          fail(error)
        }
      }

      if (signal.aborted) return resolve()
      signal.addEventListener('abort', leave)
      this.#wakeUps.add(advance)
      advance()
    })
  }

  /** Resolves at the next message published, after `limitMs`, or when `signal` aborts. */
  published(limitMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wakeUp = () => {
        clearTimeout(timer)
        this.#wakeUps.delete(wakeUp)
        signal.removeEventListener('abort', wakeUp)
        resolve()
      }
      const timer = setTimeout(wakeUp, limitMs)
      if (signal.aborted) return wakeUp()
      signal.addEventListener('abort', wakeUp)
      this.#wakeUps.add(wakeUp)
    })
  }

  /** The number of the message with this id. */
  #numberOf(cursor: string): number {
    const parsed = parseCursor(cursor)
    if (parsed?.feed === this.#name) return parsed.position + this.#shift
    // Of a feed that this one has taken the place of, or will be.
    return parsed && this.isYetToCome(parsed) ? Infinity : this.#begin
  }

  /** Where to read on after `number`: at the oldest message kept, if the one after it is forgotten. */
  #after(number: number): number {
    return Math.max(number, this.#forgotten) + 1
  }
}

/** Two servers of one feed's lifetime apart must not share it: one in two billion do. */
function randomName(): string {
  return randomInt(36 ** 6)
    .toString(36)
    .padStart(6, '0')
}
