// A second server was needed, so each of them repeats what is published for all.
// It works, as long as everybody stays where they are. `npm run check 12` tells
// what is still wrong.

import {
  encodeEvent,
  heartbeatComment,
} from '../../04-server-sent-events/event-stream.ts'
import { headers } from '../../04-server-sent-events/server.ts'
import { Feed } from '../../feed.ts'
import type { LessonServer, ServeOptions } from '../../lesson.ts'
import { drained } from '../../shared/drained.ts'
import { heartbeat } from '../../shared/heartbeat.ts'
import { httpServer } from '../../shared/http-server.ts'
import { afterOf, publishRoute } from '../../shared/router.ts'
import { page } from '../page.ts'

/** @param feed what all nodes hear */
export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000, retryMs = 1_000 } = options

  // Those who are here follow this one, which is always at hand.
  const here = new Feed()
  const always = new AbortController().signal
  feed.follow(feed.present, always, ({ data }) => {
    here.publish(data)
    return undefined
  })

  return httpServer(page, options, {
    ...publishRoute(here, options),

    async 'GET /messages'(request, response, gone) {
      const lastEventId = request.headers['last-event-id']?.toString()
      const cursor = here.locate(lastEventId ?? afterOf(request))
      response.writeHead(200, headers)
      const start = { event: 'start', id: cursor, data: '', retryMs }
      response.write(encodeEvent(start))
      heartbeat(response, heartbeatMs, gone, heartbeatComment)
      await here.follow(cursor, gone, (message) => {
        const hasRoom = response.write(encodeEvent(message))
        if (!hasRoom) return drained(response, gone)
      })
      response.end()
    },
  })
}
