// WebTransport as everybody writes it first: streams cost next to nothing, so
// there is one for each message. It runs, as long as no packet is lost.
// `npm run check 10` tells what is still wrong.

import { encodeLine } from '../../03-http-streaming/json-lines.ts'
import type { Feed } from '../../feed.ts'
import type { LessonServer, ServeOptions } from '../../lesson.ts'
import { receiveMessages } from '../receive.ts'
import { tcpRoutes } from '../tcp-routes.ts'
import { webTransportServer } from '../web-transport-server.ts'

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000, maxMessageBytes = 1024 * 1024 } = options
  const routes = tcpRoutes(feed, options)

  return webTransportServer(import.meta.url, options, routes, () => {
    return async (session, gone) => {
      receiveMessages(session, feed, maxMessageBytes)
      setInterval(() => session.sendDatagram(Buffer.from('ping')), heartbeatMs)

      await feed.follow(feed.present, gone, (message) => {
        session.openStream('unidirectional').then((stream) => {
          stream.end(encodeLine(message))
        })
        return undefined
      })
    }
  })
}
