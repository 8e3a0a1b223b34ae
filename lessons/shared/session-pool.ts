// HTTP/2 connections to share: all who talk to the same server lease the same
// session, and the last one to give it back ends it.

import type { ClientHttp2Session, Settings } from 'node:http2'

import type { SubscribeOptions } from '../lesson.ts'
import { connectionError } from './connection-error.ts'
import { breakOff, connected, openWindow } from './http2-client.ts'
import { pingPeer } from './http2-ping.ts'

/** The right to one stream of a session. */
export interface Lease {
  readonly session: ClientHttp2Session
  /** What the server allows, as soon as it has said so. @throws ConnectionError */
  readonly settings: Promise<Settings>
  /** Gives the stream back, once it is over. */
  release(): void
}

interface Shared extends Pick<Lease, 'session' | 'settings'> {
  leases: number
  /** How many streams the server allows. */
  limit: number
}

/**
 * What is assumed until the server has named its limit: "It is recommended that
 * this value be no smaller than 100".
 * https://www.rfc-editor.org/rfc/rfc9113.html#section-6.5.2
 */
const assumedLimit = 100

export class SessionPool {
  readonly #sessions = new Map<string, Set<Shared>>()
  readonly #windowBytes: number | undefined

  /**
   * @param windowBytes how much may be on its way, on each stream and on the
   *   connection. HTTP/2 begins with 64 KiB for all streams together, which is
   *   what they then get in one round trip: RFC 9113, section 6.9.2
   */
  constructor(windowBytes?: number) {
    this.#windowBytes = windowBytes
  }

  /** A stream of a session with the server at `url`: of one that is there, or of a new one. */
  lease(url: URL, { ca, heartbeatMs = 15_000 }: SubscribeOptions): Lease {
    // Who trusts otherwise, or has less patience, shares with its like.
    const key = JSON.stringify([url.origin, ca, heartbeatMs])
    const shared = this.#withRoom(key) ?? this.#open(key, url, ca, heartbeatMs)
    shared.leases++
    let isOver = false
    return {
      session: shared.session,
      settings: shared.settings,
      release: () => {
        if (isOver) return
        isOver = true
        shared.leases--
        if (shared.leases > 0) return
        this.#forget(key, shared)
        breakOff(shared.session)
      },
    }
  }

  /** How many sessions there are to share. */
  get size(): number {
    let count = 0
    for (const sessions of this.#sessions.values()) count += sessions.size
    return count
  }

  #withRoom(key: string): Shared | undefined {
    for (const shared of this.#sessions.get(key) ?? []) {
      // It ends before it tells so.
      if (shared.session.closed || shared.session.destroyed) continue
      if (shared.leases < shared.limit) return shared
    }
    return undefined
  }

  #open(
    key: string,
    url: URL,
    ca: string | undefined,
    heartbeatMs: number,
  ): Shared {
    const session = this.#connected(url, ca)
    const settings = new Promise<Settings>((resolve, reject) => {
      session.once('remoteSettings', resolve)
      session.once('error', (error) => reject(connectionError(error)))
      session.once('close', () => reject(connectionError('it closed')))
    })
    settings.catch(() => {}) // Whoever waits for it is told.
    const shared = { session, settings, leases: 0, limit: assumedLimit }
    session.on('remoteSettings', ({ maxConcurrentStreams = Infinity }) => {
      shared.limit = maxConcurrentStreams
    })
    const sessions = this.#sessions.get(key) ?? new Set()
    this.#sessions.set(key, sessions.add(shared))

    const gone = new AbortController()
    session.once('connect', () => pingPeer(session, heartbeatMs, gone.signal))
    // GOAWAY: what streams are open go on, and new ones go elsewhere. Node
    // sends no PING either after that.
    for (const end of ['goaway', 'close'])
      session.once(end, () => {
        gone.abort()
        this.#forget(key, shared)
      })
    return shared
  }

  /** Not with a subscription's signal: the session outlives the first one. */
  #connected(url: URL, ca: string | undefined): ClientHttp2Session {
    const bytes = this.#windowBytes
    if (bytes === undefined) return connected(url, { ca })
    const session = connected(url, { ca }, { initialWindowSize: bytes })
    openWindow(session, bytes)
    return session
  }

  #forget(key: string, shared: Shared): void {
    const sessions = this.#sessions.get(key)
    sessions?.delete(shared)
    if (sessions?.size === 0) this.#sessions.delete(key)
  }
}
