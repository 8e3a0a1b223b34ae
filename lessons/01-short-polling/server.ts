// Short polling, server side: ordinary requests, ordinary answers, and no
// memory of who asked.

import type { Feed } from '../feed.ts'
import type { LessonServer, ServeOptions } from '../lesson.ts'
import { httpServer } from '../shared/http-server.ts'
import { publishRoute } from '../shared/router.ts'
import { answerPoll, askedAfter } from './poll.ts'

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  return httpServer(import.meta.url, options, {
    ...publishRoute(feed, options),

    'GET /messages'(request, response) {
      // #region resume
      // The client brings its cursor along with every poll. The server keeps
      // nothing between two of them, so there is nothing to lose or to clean up.
      const cursor = feed.locate(askedAfter(request))
      // #endregion resume
      answerPoll(request, response, feed, cursor)
    },
  })
}
