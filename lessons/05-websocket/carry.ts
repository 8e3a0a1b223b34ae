// All that happens on a WebSocket that is open: what the client sends, two
// heartbeats, and the feed. However it was opened: lesson 09 does it otherwise.

import type { Duplex } from 'node:stream'

import type { WebSocket } from 'ws'

import type { Feed } from '../feed.ts'
import type { ServeOptions } from '../lesson.ts'
import { drained } from '../shared/drained.ts'
import { encodeOnce } from '../shared/encode-once.ts'
import { every } from '../shared/every.ts'
import { encodeGreeting, encodeMessage, heartbeatFrame } from './frames.ts'
import { type Asked, logConnection } from './log-connection.ts'
import { pingPong } from './ping-pong.ts'

/** What an open WebSocket was asked for with, and what its frames travel on. */
export interface Opened {
  readonly request: Asked
  readonly socket: Duplex
  readonly cursor: string
  readonly gone: AbortSignal
}

/** How often it beats, the lesson has to say. */
type Beating = ServeOptions & Required<Pick<ServeOptions, 'heartbeatMs'>>

export type Carry = (webSocket: WebSocket, opened: Opened) => Promise<void>

/** Carries `feed` on every WebSocket that it is given. */
export function carrier(feed: Feed, options: Beating): Carry {
  const { heartbeatMs, log = () => {} } = options
  const encode = encodeOnce((message) => Buffer.from(encodeMessage(message)))

  return async (webSocket, { request, socket, cursor, gone }) => {
    const name = logConnection(webSocket, request, cursor, log)

    // #region receive
    webSocket.on('message', async (data, isBinary) => {
      if (isBinary) return webSocket.close(1003, 'Send text frames.')
      try {
        const { id } = await feed.publish(data.toString())
        log(`${name} published ${id}`)
      } catch (error) {
        log(`${name} published in vain: ${(error as Error).message}`)
        webSocket.close(1013, 'Not now. Come back later.')
      }
    })
    // #endregion receive

    // #region heartbeat
    webSocket.send(encodeGreeting(cursor))
    pingPong(webSocket, heartbeatMs, gone)
    every(heartbeatMs, gone, () => webSocket.send(heartbeatFrame))
    // #endregion heartbeat

    // #region push
    const following = feed.follow(cursor, gone, (message) => {
      webSocket.send(encode(message), { binary: false })
      // `send` always accepts. Whether there is room, the socket below knows.
      if (socket.writableNeedDrain) return drained(socket, gone)
    })
    await following.catch((error: Error) => {
      log(`${name} is cut off: ${error.message}`)
      webSocket.terminate()
    })
    webSocket.close(1012, 'The server restarts. Come back with your cursor.')
    // #endregion push
  }
}
