// Long polling, server side: a poll is not answered until there is something
// to say.

import { answerPoll, askedAfter } from '../01-short-polling/poll.ts'
import type { Feed } from '../feed.ts'
import type { LessonServer, ServeOptions } from '../lesson.ts'
import { httpServer } from '../shared/http-server.ts'
import { publishRoute } from '../shared/router.ts'

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  // Below the 30 and 60 seconds after which many proxies give up on an answer.
  const { heartbeatMs = 25_000 } = options

  return httpServer(import.meta.url, options, {
    ...publishRoute(feed, options),

    async 'GET /messages'(request, response, gone) {
      // #region resume
      // What was published since the last answer is in the feed: it is answered
      // at once, and nothing is lost between two requests.
      const asked = askedAfter(request)
      const cursor = feed.locate(asked)
      const upToDate = cursor === asked && feed.read(cursor).length === 0
      // #endregion resume

      // #region hold
      // A client without a cursor is answered at once as well: it needs one
      // before it can wait.
      if (upToDate) await feed.published(heartbeatMs, gone)
      answerPoll(request, response, feed, cursor)
      // #endregion hold
    },
  })
}
