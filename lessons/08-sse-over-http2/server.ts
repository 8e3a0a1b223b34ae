// SSE over HTTP/2, server side: the event streams of lesson 04. Many of them
// share a connection, so whatever happens here happens to one stream only.

import {
  encodeEvent,
  heartbeatComment,
} from '../04-server-sent-events/event-stream.ts'
import { headers } from '../04-server-sent-events/server.ts'
import type { Feed } from '../feed.ts'
import type { LessonServer, ServeOptions } from '../lesson.ts'
import { drained } from '../shared/drained.ts'
import { encodeOnce } from '../shared/encode-once.ts'
import { every } from '../shared/every.ts'
import { http2Server } from '../shared/http2-server.ts'
import { afterOf, publishRoute } from '../shared/router.ts'
import { demonstration } from './demonstration.ts'
import { wantedBy } from './topics.ts'

// #region limit
// Node names no limit unless it is told one, and then takes any number.
const settings = { maxConcurrentStreams: 100 }
// #endregion limit

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000, retryMs = 1_000 } = options
  const encode = encodeOnce(encodeEvent)

  return http2Server(
    import.meta.url,
    options,
    {
      ...publishRoute(feed, options),
      ...demonstration(feed, options),

      // #region messages
      // `gone` aborts when this stream ends; its connection may live on.
      async 'GET /messages'(request, response, gone) {
        const lastEventId = request.headers['last-event-id']?.toString()
        const asked = lastEventId ?? afterOf(request)
        const cursor = feed.locate(asked)
        const isWanted = wantedBy(request.url)
        response.writeHead(200, headers)
        const data = asked ?? ''
        const start = { event: 'start', id: cursor, data, retryMs }
        response.write(encodeEvent(start))

        // A PING finds out whether the connection lives. This tells the client,
        // through every proxy, that the stream does; and how far it is, if it
        // has left out messages of other topics.
        let leftOut: string | undefined
        every(heartbeatMs, gone, () => {
          if (response.stream.writableNeedDrain) return
          const position = { id: leftOut }
          response.write(leftOut ? encodeEvent(position) : heartbeatComment)
          leftOut = undefined
        })

        // Each stream has a window of its own: when it is full, this stream
        // waits for its reader, and no other one does.
        await feed.follow(cursor, gone, (message) => {
          leftOut = isWanted(message) ? undefined : message.id
          if (leftOut) return
          const hasRoom = response.write(encode(message))
          if (!hasRoom) return drained(response, gone)
        })
        response.end()
      },
      // #endregion messages
    },
    { settings },
  )
}
