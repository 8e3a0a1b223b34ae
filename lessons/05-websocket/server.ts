// WebSocket, server side: a request becomes a connection for frames both ways.
// Everything beyond the frames is up to you: resume, heartbeat, backpressure.

import { WebSocketServer } from 'ws'

import type { Feed } from '../feed.ts'
import type { LessonServer, ServeOptions } from '../lesson.ts'
import { httpServer } from '../shared/http-server.ts'
import type { Upgrade } from '../shared/http1.ts'
import { afterOf } from '../shared/router.ts'
import { type Carry, carrier } from './carry.ts'
import { upgradeRequired } from './upgrade-required.ts'

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000 } = options
  const carry = carrier(feed, { ...options, heartbeatMs })
  const upgrade = upgradeTo(carry, feed, options)
  return httpServer(import.meta.url, options, upgradeRequired(feed), upgrade)
}

/** Turns a connection of HTTP/1.1 into a WebSocket that carries the feed. */
export function upgradeTo(
  carry: Carry,
  feed: Feed,
  options: ServeOptions,
): Upgrade {
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxPayload(feed, options),
    // Compression keeps a state for each connection, and works for each
    // subscriber anew: worth it for large texts on slow links, not for these.
    perMessageDeflate: false,
  })
  return (request, socket, head, gone) => {
    // #region resume
    // A browser's WebSocket sends no header of ours: the URL holds the cursor.
    const cursor = feed.locate(afterOf(request))
    // #endregion resume
    webSockets.handleUpgrade(request, socket, head, (webSocket) =>
      carry(webSocket, { request, socket, cursor, gone }),
    )
  }
}

/** The largest text that a client may send, in bytes. */
export function maxPayload(
  feed: Feed,
  { maxMessageBytes = 1024 * 1024 }: ServeOptions,
): number {
  return Math.min(maxMessageBytes, feed.maxBytes)
}
