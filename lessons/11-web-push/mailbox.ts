// One subscription at the push service: the messages that wait, and whoever
// collects them.

import { Refusal } from '../shared/refusal.ts'
import { isAsUrgent, type PushHeaders, type Urgency } from './push-headers.ts'

/** How many messages may wait unacknowledged. */
const maxWaiting = 20

/** How long an application server should leave a full mailbox alone that nobody collects. */
const retryAfterSeconds = 1

export interface Waiting extends PushHeaders {
  /** From 1, in the order in which they came. */
  readonly number: number
  readonly body: Buffer
  readonly expiresAtMs: number
}

export interface MailboxPaths {
  /** Where the receiver collects: its secret. */
  readonly subscription: string
  /** Where the application server posts: its secret, and the receiver's. */
  readonly push: string
  /** Below it, each message has a number. */
  readonly message: string
}

/**
 * A message waits until it is acknowledged or until its time is over, however
 * often it was delivered before: at least once, that is.
 */
export class Mailbox {
  readonly paths: MailboxPaths
  /** The only public key whose owner may post here, if there is one: RFC 8292, section 4. */
  readonly vapidKey: string | undefined
  /** Waits for the end of a life without a collector. */
  expiry: NodeJS.Timeout | undefined
  #messages: Waiting[] = []
  #count = 0
  #collector: AbortController | undefined
  #wakeUp = () => {}

  constructor(paths: MailboxPaths, vapidKey?: string) {
    this.paths = paths
    this.vapidKey = vapidKey
  }

  get isCollected(): boolean {
    return this.#collector !== undefined
  }

  /** @throws Refusal (429) when too many wait */
  put(body: Buffer, headers: PushHeaders): number {
    const { topic, ttlSeconds } = headers
    const others = this.waiting().filter(
      (message) => topic === undefined || message.topic !== topic,
    )
    if (others.length >= maxWaiting)
      throw new Refusal(
        429,
        `At most ${maxWaiting} messages wait for one receiver, and they do. Come back later.`,
        { 'retry-after': String(this.isCollected ? 0 : retryAfterSeconds) },
      )
    const number = ++this.#count
    this.#messages = others
    // TTL 0 is for a receiver who is there: it has the second that it takes.
    const lifeMs = 1_000 * (ttlSeconds || (this.isCollected ? 1 : 0))
    const expiresAtMs = Date.now() + lifeMs
    if (lifeMs > 0) others.push({ ...headers, number, body, expiresAtMs })
    this.#wakeUp()
    return number
  }

  /** What waits, oldest first. */
  waiting(least: Urgency = 'very-low'): Waiting[] {
    const now = Date.now()
    this.#messages = this.#messages.filter((one) => one.expiresAtMs > now)
    return this.#messages.filter((one) => isAsUrgent(one.urgency, least))
  }

  /** @throws Refusal 404 for a number that was never given, 410 for one that waits no more */
  find(number: number): Waiting {
    const found = this.waiting().find((message) => message.number === number)
    if (found) return found
    throw number > 0 && number <= this.#count
      ? new Refusal(410, 'The message is acknowledged, replaced or expired.')
      : new Refusal(404, 'There has never been such a message here.')
  }

  /** The receiver has it. @throws Refusal (404, 410) */
  acknowledge(number: number): void {
    const found = this.find(number)
    this.#messages = this.#messages.filter((message) => message !== found)
  }

  /**
   * Everything that waits, then every message that comes: until `gone` aborts,
   * or until somebody else collects. A receiver who comes back is not held up
   * by its old connection, of which nobody has told the server that it broke.
   */
  async *collect(
    gone: AbortSignal,
    least: Urgency,
  ): AsyncGenerator<Waiting, void, undefined> {
    this.endCollection()
    const mine = new AbortController()
    this.#collector = mine
    const signal = AbortSignal.any([gone, mine.signal])
    let last = 0
    try {
      while (!signal.aborted) {
        const next = this.waiting(least).find(({ number }) => number > last)
        if (next === undefined) await this.#arrival(signal)
        else {
          last = next.number
          yield next
        }
      }
    } finally {
      if (this.#collector === mine) this.#collector = undefined
    }
  }

  endCollection(): void {
    this.#collector?.abort()
  }

  #arrival(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wakeUp = () => {
        signal.removeEventListener('abort', wakeUp)
        resolve()
      }
      this.#wakeUp = wakeUp
      signal.addEventListener('abort', wakeUp)
    })
  }
}
