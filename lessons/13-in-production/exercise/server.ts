// An event stream that works: it resumes, and asks who is there. So far it has
// been on one developer's machine. `npm run check 13` tells what it lacks for
// the internet.

import { encodeEvent } from '../../04-server-sent-events/event-stream.ts'
import type { Feed } from '../../feed.ts'
import type { LessonServer, ServeOptions } from '../../lesson.ts'
import { httpServer } from '../../shared/http-server.ts'
import { afterOf, publishRoute } from '../../shared/router.ts'
import { page } from '../page.ts'

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { retryMs = 1_000 } = options
  // A deploy is to be quick.
  const atOnce = { ...options, drainMs: 0 }

  return httpServer(page, atOnce, {
    ...publishRoute(feed, options),

    async 'GET /messages'(request, response, gone) {
      const lastEventId = request.headers['last-event-id']?.toString()
      const cursor = feed.locate(lastEventId ?? afterOf(request))
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const start = { event: 'start', id: cursor, data: '', retryMs }
      response.write(encodeEvent(start))
      await feed.follow(cursor, gone, (message) => {
        response.write(encodeEvent(message))
        return undefined
      })
      response.end()
    },
  })
}
