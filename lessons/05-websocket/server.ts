// WebSocket, server side: a request becomes a connection for frames both ways.
// Everything beyond the frames is up to you: resume, heartbeat, backpressure.

import { WebSocketServer } from 'ws'

import type { Feed } from '../feed.ts'
import type { LessonServer, ServeOptions } from '../lesson.ts'
import { drained } from '../shared/drained.ts'
import { encodeOnce } from '../shared/encode-once.ts'
import { every } from '../shared/every.ts'
import { httpServer, type Upgrade } from '../shared/http-server.ts'
import { afterOf } from '../shared/router.ts'
import { encodeGreeting, encodeMessage, heartbeatFrame } from './frames.ts'
import { logConnection } from './log-connection.ts'
import { pingPong } from './ping-pong.ts'
import { upgradeRequired } from './upgrade-required.ts'

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000, maxMessageBytes = 1024 * 1024 } = options
  const { log = () => {} } = options
  const encode = encodeOnce((message) => Buffer.from(encodeMessage(message)))

  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: Math.min(maxMessageBytes, feed.maxBytes),
    // Compression keeps a state for each connection, and works for each
    // subscriber anew: worth it for large texts on slow links, not for these.
    perMessageDeflate: false,
  })

  const upgrade: Upgrade = (request, socket, head, gone) => {
    // #region resume
    // A browser's WebSocket sends no header of ours: the URL holds the cursor.
    const cursor = feed.locate(afterOf(request))
    // #endregion resume

    webSockets.handleUpgrade(request, socket, head, async (webSocket) => {
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
        if (request.socket.writableNeedDrain) return drained(socket, gone)
      })
      webSocket.close(1012, 'The server restarts. Come back with your cursor.')
      // #endregion push
    })
  }

  return httpServer(import.meta.url, options, upgradeRequired(feed), upgrade)
}
