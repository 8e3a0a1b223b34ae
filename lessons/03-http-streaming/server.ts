// HTTP streaming, server side: one answer for each subscriber, and the answer
// never ends.

import type { Feed } from '../feed.ts'
import type { LessonServer, ServeOptions } from '../lesson.ts'
import { drained } from '../shared/drained.ts'
import { encodeOnce } from '../shared/encode-once.ts'
import { heartbeat } from '../shared/heartbeat.ts'
import { httpServer } from '../shared/http-server.ts'
import { afterOf, publishRoute } from '../shared/router.ts'
import { jsonLines } from './expect-lines.ts'
import { emptyLine, encodeLine } from './json-lines.ts'

const headers = {
  'content-type': jsonLines,
  'cache-control': 'no-store',
  // nginx would collect the answer until it ends, and this one never does.
  'x-accel-buffering': 'no',
}

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000 } = options
  const encode = encodeOnce(encodeLine)

  return httpServer(import.meta.url, options, {
    ...publishRoute(feed, options),

    async 'GET /messages'(request, response, gone) {
      // #region open
      // The first line has no data. It tells where the stream starts, so that
      // even a client that loses it at once knows what to ask for next.
      const cursor = feed.locate(afterOf(request))
      response.writeHead(200, headers)
      response.write(encodeLine({ id: cursor }))
      heartbeat(response, heartbeatMs, gone, emptyLine)
      // #endregion open

      // #region push
      await feed.follow(cursor, gone, (message) => {
        const hasRoom = response.write(encode(message))
        // Backpressure: the feed waits for the promise. A slow subscriber falls
        // behind in the history, and holds up nobody else.
        if (!hasRoom) return drained(response, gone)
      })
      response.end()
      // #endregion push
    },
  })
}
