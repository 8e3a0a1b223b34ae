// The user agent's part of Web Push, over whatever carries its requests: what a
// browser does behind `pushManager`. Runs in Node and in browsers.

import type { Message } from '../feed.ts'
import { SubscribeError } from '../lesson.ts'
import { isKnown } from './known.ts'
import { decodePayload, type Payload } from './payload.ts'

/** The receiver's side of a subscription, and what it opens. */
export interface Keys {
  /** The public key, in base64url. */
  readonly p256dh: string
  /** The secret that the application server gets as well, in base64url. */
  readonly auth: string
  /** @throws DecryptError */
  decrypt(body: Uint8Array): string | Promise<string>
}

export interface Answer {
  header(name: string): string | undefined
  readonly text: string
}

/** One connection to the server. */
export interface Wire {
  /** @throws SubscribeError, ConnectionError */
  ask(method: string, path: string, body?: string): Promise<Answer>
  /** Begins to collect from a subscription. @throws SubscribeError, ConnectionError */
  hold(subscription: string): Promise<void>
}

/** A message that was pushed, and is to be acknowledged at its path. */
export interface Pushed {
  readonly path: string
  readonly body: Promise<Uint8Array>
}

interface Subscribed {
  /** Where to collect. */
  readonly path: string
  /** Where the application server posts. */
  readonly endpoint: string
  readonly keys: Keys
}

export class UserAgent {
  readonly #makeKeys: () => Keys | Promise<Keys>
  #subscribed: Subscribed | undefined
  /** Where the application server keeps it. */
  #registration: string | undefined

  constructor(makeKeys: () => Keys | Promise<Keys>) {
    this.#makeKeys = makeKeys
  }

  // #region open
  /**
   * Collects from the subscription there is; from a new one, which goes on after
   * the cursor, when it is gone.
   *
   * @returns the cursor after which messages come
   * @throws SubscribeError, ConnectionError
   */
  async open(wire: Wire, after?: string): Promise<string | undefined> {
    if (this.#subscribed && !(await isThere(wire.hold(this.#subscribed.path))))
      this.#subscribed = this.#registration = undefined
    if (this.#subscribed && this.#registration) return after

    const query = after === undefined ? '' : `?after=${after}`
    const { text } = await wire.ask('GET', `/messages${query}`)
    const { after: start, applicationServerKey } = JSON.parse(text)
    if (this.#subscribed === undefined) {
      this.#subscribed = await this.#subscribe(wire, applicationServerKey)
      await wire.hold(this.#subscribed.path)
    }
    const { endpoint, keys } = this.#subscribed
    const { p256dh, auth } = keys
    const body = JSON.stringify({ endpoint, keys: { p256dh, auth } })
    const path = `/subscriptions?after=${start}`
    const registered = await wire.ask('POST', path, body)
    this.#registration = registered.header('location')
    return start
  }

  async #subscribe({ ask }: Wire, vapid: string): Promise<Subscribed> {
    const keys = await this.#makeKeys()
    const made = await ask('POST', '/subscribe', JSON.stringify({ vapid }))
    const path = made.header('location') ?? ''
    const [, endpoint = ''] = /<([^>]*)>/.exec(made.header('link') ?? '') ?? []
    return { path, endpoint, keys }
  }
  // #endregion open

  // #region receive
  /** Each message once, in order, whatever comes twice; acknowledged when the next one is asked for. */
  async *receive(
    pushes: AsyncIterable<Pushed>,
    { ask }: Wire,
    after: string | undefined,
  ): AsyncGenerator<Message, void, undefined> {
    for await (const { path, body } of pushes) {
      const message = await this.#read(await body, ask)
      if (message && !isKnown(message.id, after)) {
        after = message.id
        yield message
      }
      // If this is lost, the message comes again.
      ask('DELETE', path).catch(() => {})
    }
  }
  // #endregion receive

  async #read(
    body: Uint8Array,
    ask: Wire['ask'],
  ): Promise<Message | undefined> {
    let payload: Payload
    try {
      const text = await this.#subscribed?.keys.decrypt(body)
      payload = decodePayload(text ?? '')
    } catch {
      // Whoever sent it, it is no message of ours. The standard discards it, too:
      // https://www.w3.org/TR/push-api/#receiving-a-push-message
      return undefined
    }
    const { id, data } = payload
    if (data !== undefined) return { id, data }
    try {
      return { id, data: (await ask('GET', `/messages/${id}`)).text }
    } catch (error) {
      // The history outlived it on the way here: the next message shows the gap.
      if (error instanceof SubscribeError && error.status === 404)
        return undefined
      throw error
    }
  }

  /** Whether there is anybody to say goodbye to. */
  get isSubscribed(): boolean {
    return this.#subscribed !== undefined
  }

  /** Tells both servers. One that does not hear it finds out by itself: the subscription expires. */
  async leave(ask: Wire['ask']): Promise<void> {
    const paths = [this.#registration, this.#subscribed?.path]
    this.#subscribed = this.#registration = undefined
    await Promise.allSettled(
      paths.flatMap((path) => (path ? ask('DELETE', path) : [])),
    )
  }
}

async function isThere(held: Promise<void>): Promise<boolean> {
  try {
    await held
    return true
  } catch (error) {
    const isGone =
      error instanceof SubscribeError && [404, 410].includes(error.status)
    if (isGone) return false
    throw error
  }
}
