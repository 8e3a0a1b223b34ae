// WebSocket, server side: a request becomes a connection for frames both ways.
// Everything beyond the frames is up to you: resume, heartbeat, backpressure.

import type { Duplex } from 'node:stream'

import { type WebSocket, WebSocketServer } from 'ws'

import type { Feed } from '../feed.ts'
import type { LessonServer, ServeOptions } from '../lesson.ts'
import { drained } from '../shared/drained.ts'
import { encodeOnce } from '../shared/encode-once.ts'
import { every } from '../shared/every.ts'
import { httpServer } from '../shared/http-server.ts'
import type { Upgrade } from '../shared/http1.ts'
import { afterOf } from '../shared/router.ts'
import { encodeGreeting, encodeMessage, heartbeatFrame } from './frames.ts'
import { type Asked, logConnection } from './log-connection.ts'
import { pingPong } from './ping-pong.ts'
import { upgradeRequired } from './upgrade-required.ts'

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const upgrade = upgradeTo(carrier(feed, options), feed, options)
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

/** What an open WebSocket was asked for with, and what its frames travel on. */
export interface Opened {
  readonly request: Asked
  readonly socket: Duplex
  readonly cursor: string
  readonly gone: AbortSignal
}

export type Carry = (webSocket: WebSocket, opened: Opened) => Promise<void>

/** All that happens on a WebSocket that is open: lesson 09 opens it otherwise. */
export function carrier(feed: Feed, options: ServeOptions): Carry {
  const { heartbeatMs = 15_000, log = () => {} } = options
  const encode = encodeOnce((message) => Buffer.from(encodeMessage(message)))

  return async (webSocket, { request, socket, cursor, gone }) => {
    const name = logConnection(webSocket, request, cursor, log)

    // #region receive
    webSocket.on('message', (data, isBinary) => {
      if (isBinary) return webSocket.close(1003, 'Send text frames.')
      const { id } = feed.publish(data.toString())
      log(`${name} published ${id}`)
    })
    // #endregion receive

    // #region heartbeat
    webSocket.send(encodeGreeting(cursor))
    pingPong(webSocket, heartbeatMs, gone)
    every(heartbeatMs, gone, () => webSocket.send(heartbeatFrame))
    // #endregion heartbeat

    // #region push
    await feed.follow(cursor, gone, (message) => {
      webSocket.send(encode(message), { binary: false })
      // `send` always accepts. Whether there is room, the socket below knows.
      if (socket.writableNeedDrain) return drained(socket, gone)
    })
    webSocket.close(1012, 'The server restarts. Come back with your cursor.')
    // #endregion push
  }
}
