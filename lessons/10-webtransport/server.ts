// WebTransport, server side: a stream to each subscriber, and a stream from a
// client for each message that it publishes. QUIC carries them side by side.

import { emptyLine, encodeLine } from '../03-http-streaming/json-lines.ts'
import type { Feed } from '../feed.ts'
import type { LessonServer, ServeOptions } from '../lesson.ts'
import { drained } from '../shared/drained.ts'
import { encodeOnce } from '../shared/encode-once.ts'
import { every } from '../shared/every.ts'
import { afterOf } from '../shared/router.ts'
import { deliveryOf } from './messages.ts'
import { receiveMessages } from './receive.ts'
import { tcpRoutes } from './tcp-routes.ts'
import { webTransportServer } from './web-transport-server.ts'

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000, maxMessageBytes = 1024 * 1024 } = options
  const { log = () => {} } = options
  const maxBytes = Math.min(maxMessageBytes, feed.maxBytes)
  const encode = encodeOnce((message) => Buffer.from(encodeLine(message)))
  const routes = tcpRoutes(feed, options)

  return webTransportServer(import.meta.url, options, routes, (request) => {
    // #region resume
    // Like WebSocket, WebTransport sends no header of a page's: the URL holds
    // the cursor. A bad one is refused before there is a session.
    const cursor = feed.locate(afterOf(request))
    // #endregion resume
    const byDatagrams = deliveryOf(request) === 'datagrams'

    return async (session, gone) => {
      log(`a session began after ${cursor}`)
      receiveMessages(session, feed, maxBytes)

      // #region push
      const stream = await session.openStream('unidirectional')
      stream.write(encodeLine({ id: cursor }))
      every(heartbeatMs, gone, () => stream.write(emptyLine))

      await feed.follow(cursor, gone, (message) => {
        const line = encode(message)
        // What does not fit, or finds no room, is lost: nobody waits for it.
        if (byDatagrams) session.sendDatagram(line)
        // Backpressure of this stream alone: others go on.
        else if (!stream.write(line)) return drained(stream, gone)
      })
      stream.end()
      session.close(0, 'The server restarts. Come back with your cursor.')
      // #endregion push
    }
  })
}
