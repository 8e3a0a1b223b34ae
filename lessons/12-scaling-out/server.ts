// One node of several that carry the same feed. It is the server of lesson 04:
// what makes it a node is what it does not have, a state of its own.

import {
  encodeEvent,
  heartbeatComment,
} from '../04-server-sent-events/event-stream.ts'
import { headers } from '../04-server-sent-events/server.ts'
import type { Feed } from '../feed.ts'
import type { LessonServer, ServeOptions } from '../lesson.ts'
import { drained } from '../shared/drained.ts'
import { heartbeat } from '../shared/heartbeat.ts'
import { httpServer } from '../shared/http-server.ts'
import { afterOf, publishRoute } from '../shared/router.ts'
import { page } from './page.ts'

/** @param feed the one that all nodes share */
export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000, retryMs = 1_000 } = options

  return httpServer(page, options, {
    // Into the feed of all, and not only to those who are here.
    ...publishRoute(feed, options),

    async 'GET /messages'(request, response, gone) {
      // A cursor from any node: its history is the feed's, not this node's.
      const lastEventId = request.headers['last-event-id']?.toString()
      const cursor = feed.locate(lastEventId ?? afterOf(request))
      response.writeHead(200, headers)
      const start = { event: 'start', id: cursor, data: '', retryMs }
      response.write(encodeEvent(start))
      heartbeat(response, heartbeatMs, gone, heartbeatComment)
      await feed.follow(cursor, gone, (message) => {
        // With the id that the feed gave it, which is the same everywhere.
        const hasRoom = response.write(encodeEvent(message))
        if (!hasRoom) return drained(response, gone)
      })
      response.end()
    },
  })
}
