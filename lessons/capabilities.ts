// What a transport can do, as data: the site's tables, its chooser and its cost
// calculator know a transport by this and by what the benchmark measured.

/** A fact that a program can ask for, and the sentence that a reader gets. */
export interface Fact<Value> {
  readonly is: Value
  /** How it is so, or where it ends: one or two sentences. */
  readonly because: string
}

/**
 * Of the transport, as its lesson uses it. What the lesson leaves out, such as
 * another version of HTTP, stands in the sentence.
 */
export interface Capabilities {
  readonly delivery: Fact<Delivery>
  readonly directions: Fact<Directions>
  /** Whether it carries bytes that are no text. */
  readonly binary: Fact<boolean>
  readonly browser: Fact<BrowserApi>
  /** The versions of HTTP that carry it. */
  readonly http: Fact<readonly HttpVersion[]>
  readonly proxies: Fact<Proxies>
  readonly auth: Fact<Auth>
  readonly resume: Fact<Resume>
  readonly tabs: Fact<Tabs>
  /** Whether a message reaches a client whose page is closed. */
  readonly closedPage: Fact<boolean>
  readonly status: Fact<Status>
  /** How often an idle connection carries a sign of life, unless told otherwise. Absent: nothing idles. */
  readonly heartbeatMs?: number
  /** Round trips before a message has arrived, beyond its own way: the client is told of it, and asks. Absent: none. */
  readonly roundTrips?: number
}

/**
 * `poll`: the client asks in intervals. `held`: it asks, and is answered when
 * there is something; each answer ends the request. `stream`: it asks once.
 */
export type Delivery = 'poll' | 'held' | 'stream'

/** `down`: to the client; what comes back is a request of its own. */
export type Directions = 'down' | 'both'

/** What a page calls; `none`: no page gets a message by it. */
export type BrowserApi =
  | 'fetch'
  | 'EventSource'
  | 'WebSocket'
  | 'WebTransport'
  | 'Push API'
  | 'none'

export type HttpVersion = '1.1' | '2' | '3'

/**
 * What it needs of a proxy: `nothing`; `patience` with an answer that does not
 * begin; `no-buffer`, each byte passed on as it comes; `upgrade`, a connection
 * that leaves HTTP; `udp`, datagrams let through; `no-proxy`, that there is none.
 */
export type Proxies =
  | 'nothing'
  | 'patience'
  | 'no-buffer'
  | 'upgrade'
  | 'udp'
  | 'no-proxy'

/** How a page says who it is: by any header, or by cookies alone. */
export type Auth = 'any-header' | 'cookie'

/**
 * Who brings the cursor when a connection comes back: the `request` in any case,
 * the `browser` by itself, or code of `yours`.
 */
export type Resume = 'request' | 'browser' | 'yours'

/**
 * What an open page takes of the six connections that a browser opens to a
 * server over HTTP/1.1: `none` between requests, `one` all the time, `own` ones
 * that do not count among them, a `stream` of a connection that all share.
 */
export type Tabs = 'none' | 'one' | 'own' | 'stream'

/** `draft`: its specification may still change. `ending`: browsers and proxies are taking it out. */
export type Status = 'current' | 'draft' | 'ending'
