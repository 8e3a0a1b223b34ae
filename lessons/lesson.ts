// The contract. The tests, the benchmark, the command line and the site know a
// transport only through what its folder's `index.ts` exports: a `Lesson`.

import type { Server } from 'node:net'

import type { Capabilities } from './capabilities.ts'
import type { Feed, Message } from './feed.ts'

export interface Lesson {
  /** The name in headings and legends, such as `Server-Sent Events`. */
  readonly title: string
  /** The transport needs TLS in browsers: its server is started with a certificate. */
  readonly secure?: boolean
  /** Its server needs a certificate for another port than that of its URL, which stays plain HTTP. */
  readonly certified?: boolean
  /** It has no plain form, for this reason: it is measured encrypted as well. */
  readonly encrypted?: string
  /** It uses UDP as well, on the port number of its URL. */
  readonly udp?: boolean
  /** What this machine lacks for it, as a sentence; undefined when it has all. */
  missing?(): string | undefined
  /** Builds the server that carries `feed`. The caller makes it listen, and closes it. */
  serve(feed: Feed, options?: ServeOptions): LessonServer
  /** Yields every message after the cursor, reconnecting and resuming until `signal` aborts. */
  subscribe(url: URL, options?: SubscribeOptions): Subscription
  /** Something beside the subscription that is worth seeing: the command line runs it first. */
  show?(
    url: URL,
    options: SubscribeOptions,
    tell: (line: string) => void,
  ): Promise<void>
  /** Its format hands out CR and CRLF of the data as LF; other formats keep them. */
  readonly lineBreaks?: 'LF'
  /** What the transport can do, and what it needs. */
  readonly capabilities: Capabilities
  /** Requirements that this transport cannot keep, each with the reason. */
  readonly exceptions?: Partial<Record<RequirementId, string>>
  /** Requirements that it keeps in a way worth a sentence, such as one that has nothing to do here. */
  readonly notes?: Partial<Record<RequirementId, string>>
}

/** What every transport keeps: `requirements/` has the sentences and the checks. */
export type RequirementId =
  | 'order'
  | 'payload'
  | 'late-join'
  | 'resume'
  | 'gap'
  | 'fan-out'
  | 'backpressure'
  | 'release'
  | 'heartbeat'
  | 'publish'
  | 'refuse'
  | 'origin'
  | 'shutdown'
  | 'retry'

/** What `node:net` offers: listen, close, the event 'connection'. Closing ends every subscription. */
export type LessonServer = Pick<
  Server,
  | 'listen'
  | 'close'
  | 'address'
  | 'listening'
  | 'getConnections'
  | 'on'
  | 'off'
  | 'once'
>

export interface ServeOptions {
  /** How often an idle connection carries a sign of life: 15 s, if the lesson names no other. */
  heartbeatMs?: number
  /** How long a client should wait before it reconnects: 1 s. */
  retryMs?: number
  /** Over how long a server that closes ends its subscriptions, one after the other: all at once. */
  drainMs?: number
  /** The largest message that a client may publish, in bytes: 1 MiB. */
  maxMessageBytes?: number
  /** Host names, beyond those of this machine, under which the server may be reached. */
  hosts?: readonly string[]
  /** Origins beyond this machine, such as `https://example.org`, whose pages may read and publish. */
  origins?: readonly string[]
  /** With it the server speaks TLS. */
  certificate?: Certificate
  /** Takes a line whenever something worth telling happens. */
  log?: (line: string) => void
}

/** A certificate and its private key, both as PEM. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

export interface SubscribeOptions {
  /** The cursor after the last message already received. Absent: start at the present. */
  after?: string
  /** Ends the subscription. */
  signal?: AbortSignal
  /** Told about messages that are lost for good. Without it a gap ends the subscription with a `GapError`. */
  onGap?: (gap: Gap) => void
  /** Told whenever the connection changes its state. */
  onState?: (state: ConnectionState) => void
  /** The server's `heartbeatMs`: a connection silent for twice as long is dead. */
  heartbeatMs?: number
  /** The first delay before a reconnect, until the server names another. */
  retryMs?: number
  /** How long a polling client waits between two requests. */
  intervalMs?: number
  /** A certificate (PEM) to trust besides the well-known ones. Node only. */
  ca?: string
}

/**
 * `for await` reads it, `break` unsubscribes. `publish` is the way back: on the
 * same connection where the transport has one, which is open while somebody
 * reads the subscription.
 */
export interface Subscription extends AsyncGenerator<Message, void, undefined> {
  /** @throws SubscribeError when the server refuses the message */
  publish(data: string): Promise<void>
}

export type ConnectionState =
  | { readonly is: 'connecting' }
  | { readonly is: 'open' }
  | { readonly is: 'waiting'; readonly delayMs: number; readonly why: string }

/** Messages that the subscriber will never see: more than its server keeps, or of a feed that is gone. */
export interface Gap {
  /** The cursor after the last message before the gap. */
  readonly after: string
  /** The cursor at which the subscription goes on. */
  readonly resumedAt: string
  /** How many messages were lost; undefined when the feed is another one. */
  readonly lost: number | undefined
}

/** A gap that nobody listened for. */
export class GapError extends Error {
  override readonly name = 'GapError'
  readonly gap: Gap

  constructor(gap: Gap) {
    super(`${describeGap(gap)} Pass onGap to go on after a gap.`)
    this.gap = gap
  }
}

export function describeGap({ after, resumedAt, lost }: Gap): string {
  if (lost === undefined)
    return `The feed of ${after} is gone; the one here goes on after ${resumedAt}.`
  return `${lost} messages after ${after} are lost; the feed goes on after ${resumedAt}.`
}

/** The server answered, and said no. */
export class SubscribeError extends Error {
  override readonly name = 'SubscribeError'
  /** The HTTP status, or WebSocket's close code. */
  readonly status: number
  /** What `Retry-After` asked for. */
  readonly retryAfterMs: number | undefined
  /** Where the server's feed starts, if the cursor is of another one. */
  readonly feedStart: string | undefined

  constructor(
    reason: string,
    status: number,
    wish: { retryAfterMs?: number; feedStart?: string } = {},
  ) {
    super(reason)
    this.status = status
    this.retryAfterMs = wish.retryAfterMs
    this.feedStart = wish.feedStart
  }
}
