// HTTP/2 connections to share: all who talk to the same server lease the same
// session, and the last one to give it back ends it.

import type { ClientHttp2Session, Settings } from 'node:http2'

import type { SubscribeOptions } from '../lesson.ts'
import { connectionError } from './connection-error.ts'
import { breakOff, connected } from './http2-client.ts'
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
}

/** How many streams a session has until the server allows more, or fewer: RFC 9113, section 6.5.2, recommends no less. */
const streamsAtFirst = 100

export class SessionPool {
  readonly #sessions = new Map<string, Set<Shared>>()

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
      const { maxConcurrentStreams = streamsAtFirst } =
        shared.session.remoteSettings ?? {}
      if (shared.leases < maxConcurrentStreams) return shared
    }
    return undefined
  }

  #open(
    key: string,
    url: URL,
    ca: string | undefined,
    heartbeatMs: number,
  ): Shared {
    const session = connected(url, { ca })
    const settings = new Promise<Settings>((resolve, reject) => {
      session.once('remoteSettings', resolve)
      session.once('error', (error) => reject(connectionError(error)))
      session.once('close', () => reject(connectionError('it closed')))
    })
    settings.catch(() => {}) // Whoever waits for it is told.
    const shared = { session, settings, leases: 0 }
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

  #forget(key: string, shared: Shared): void {
    const sessions = this.#sessions.get(key)
    sessions?.delete(shared)
    if (sessions?.size === 0) this.#sessions.delete(key)
  }
}
