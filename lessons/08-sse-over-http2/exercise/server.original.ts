// Lesson 04's server, moved to HTTP/2 as everybody does it first. It runs, and
// twenty tabs share a connection. `npm run check 8` tells what is still wrong.

import {
  encodeEvent,
  heartbeatComment,
} from '../../04-server-sent-events/event-stream.ts'
import type { Feed } from '../../feed.ts'
import type { LessonServer, ServeOptions } from '../../lesson.ts'
import { drained } from '../../shared/drained.ts'
import { every } from '../../shared/every.ts'
import { http2Server } from '../../shared/http2-server.ts'
import { afterOf, publishRoute } from '../../shared/router.ts'

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000, retryMs = 1_000 } = options

  return http2Server(import.meta.url, options, {
    ...publishRoute(feed, options),

    async 'GET /messages'(request, response, gone) {
      const lastEventId = request.headers['last-event-id']?.toString()
      const cursor = feed.locate(lastEventId ?? afterOf(request))
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const start = { event: 'start', id: cursor, data: '', retryMs }
      response.write(encodeEvent(start))
      every(heartbeatMs, gone, () => response.write(heartbeatComment))

      await feed.follow(cursor, gone, (message) => {
        const hasRoom = response.write(encodeEvent(message))
        if (!hasRoom) return drained(response, gone)
      })
      response.end()
    },
  })
}
