// WebSocket, server side: a request becomes a connection for frames both ways.
// Everything beyond the frames is up to you: resume, heartbeat, backpressure.

import type { IncomingMessage } from 'node:http'

import { type WebSocket, WebSocketServer } from 'ws'

import type { Feed } from '../feed.ts'
import type { LessonServer, ServeOptions } from '../lesson.ts'
import { drained } from '../shared/drained.ts'
import { encodeOnce } from '../shared/encode-once.ts'
import { every } from '../shared/every.ts'
import { httpServer } from '../shared/http-server.ts'
import { Refusal } from '../shared/refusal.ts'
import { afterOf } from '../shared/router.ts'
import { encodeGreeting, encodeMessage, heartbeatFrame } from './frames.ts'
import { pingPong } from './ping-pong.ts'

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000, maxMessageBytes = 1024 * 1024 } = options
  const { log = () => {} } = options
  const encode = encodeOnce((message) => Buffer.from(encodeMessage(message)))

  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: Math.min(maxMessageBytes, feed.maxBytes),
    // Costs some 300 KiB of memory a connection, and CPU for every subscriber
    // and message: worth it for large texts on slow links, not for these.
    perMessageDeflate: false,
  })

  async function welcome(
    webSocket: WebSocket,
    { socket }: IncomingMessage,
    cursor: string,
    gone: AbortSignal,
  ): Promise<void> {
    const name = `${socket.remoteAddress}:${socket.remotePort}`
    log(`${name} connected after ${cursor}`)
    webSocket.on('close', (code) => log(`${name} left with ${code}`))
    // ws has closed the connection by then, with the code for what was wrong.
    webSocket.on('error', ({ message }) => log(`${name}: ${message}`))

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

  const needsUpgrade = { upgrade: 'websocket', connection: 'upgrade, close' }
  return httpServer(
    import.meta.url,
    options,
    {
      'GET /messages'(request) {
        feed.locate(afterOf(request))
        throw new Refusal(426, 'Ask for a WebSocket here.', needsUpgrade)
      },
    },
    // #region upgrade
    (request, socket, head, gone) => {
      const cursor = feed.locate(afterOf(request))
      webSockets.handleUpgrade(request, socket, head, (webSocket) => {
        welcome(webSocket, request, cursor, gone)
      })
    },
    // #endregion upgrade
  )
}
