// WebSocket over HTTP/2, server side: a request becomes a stream for frames both
// ways, and its connection carries other requests and other WebSockets.

import { carrier } from '../05-websocket/carry.ts'
import { maxPayload, upgradeTo } from '../05-websocket/server.ts'
import type { Feed } from '../feed.ts'
import type { LessonServer, ServeOptions } from '../lesson.ts'
import { type Http2Routes, http2Server } from '../shared/http2-server.ts'
import { afterOf } from '../shared/router.ts'
import { refuseOtherVersions, webSocketRequired } from './ask-otherwise.ts'
import { webSocketOn } from './web-socket-on-stream.ts'

// #region settings
const settings = {
  // A browser that has no connection yet asks by HTTP/1.1, on the same port.
  allowHTTP1: true,
  settings: {
    // Clients wait for this: before it, CONNECT must not name a :protocol.
    enableConnectProtocol: true,
    // 100 WebSockets, and room for what else a page asks for.
    maxConcurrentStreams: 128,
  },
}
// #endregion settings

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000 } = options
  // Once a WebSocket is open, all is as in lesson 05: on a stream, or not.
  const carry = carrier(feed, { ...options, heartbeatMs })
  const upgrade = upgradeTo(carry, feed, options)

  const routes: Http2Routes = {
    ...webSocketRequired(feed),

    // #region connect
    'CONNECT /messages'(request, response, gone) {
      refuseOtherVersions(request)
      const cursor = feed.locate(afterOf(request))
      const { stream } = response
      stream.respond({ ':status': 200 })
      const webSocket = webSocketOn(stream, {
        is: 'server',
        maxPayload: maxPayload(feed, options),
      })
      carry(webSocket, { request, socket: stream, cursor, gone })
    },
    // #endregion connect
  }
  return http2Server(import.meta.url, options, routes, settings, upgrade)
}
