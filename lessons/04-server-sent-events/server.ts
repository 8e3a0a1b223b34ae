// Server-Sent Events, server side: one answer for each subscriber, which never
// ends, in a format that browsers know how to resume.

import type { Feed } from '../feed.ts'
import type { LessonServer, ServeOptions } from '../lesson.ts'
import { drained } from '../shared/drained.ts'
import { encodeOnce } from '../shared/encode-once.ts'
import { heartbeat } from '../shared/heartbeat.ts'
import { httpServer } from '../shared/http-server.ts'
import { afterOf, publishRoute } from '../shared/router.ts'
import { encodeEvent, heartbeatComment } from './event-stream.ts'

// #region headers
export const headers = {
  'content-type': 'text/event-stream',
  // Each stream is another one: no cache may answer with an old one.
  'cache-control': 'no-store',
  // nginx would collect the answer until it ends, and this one never does.
  'x-accel-buffering': 'no',
}
// #endregion headers

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000, retryMs = 1_000 } = options
  const encode = encodeOnce(encodeEvent)

  return httpServer(import.meta.url, options, {
    ...publishRoute(feed, options),

    // `gone` aborts when the client has left, or when the server closes.
    async 'GET /messages'(request, response, gone) {
      // #region resume
      // A browser that reconnects sends the id of the last event it received,
      // and the URL that it began with. A client without either starts at the
      // present; one that asks for what is no cursor of this feed gets a 400.
      const lastEventId = request.headers['last-event-id']?.toString()
      const cursor = feed.locate(lastEventId ?? afterOf(request))
      // #endregion resume

      // #region open
      // Node would add `Connection: keep-alive`, and many examples send it.
      // HTTP/1.1 keeps connections without, and HTTP/2 forbids the header.
      response.removeHeader('connection')
      response.writeHead(200, headers)
      // Its id tells where the stream starts: even a client that loses it now
      // comes back with a cursor. A type of its own, as it is no message; and
      // data, if empty, as a browser tells the page of no event without.
      const start = { event: 'start', id: cursor, data: '', retryMs }
      response.write(encodeEvent(start))
      heartbeat(response, heartbeatMs, gone, heartbeatComment)
      // #endregion open

      // #region push
      // Replay, live delivery and backpressure are this one loop. A message is
      // always taken; when the connection is full with it, the feed keeps the
      // next ones until it has drained.
      await feed.follow(cursor, gone, (message) => {
        const hasRoom = response.write(encode(message))
        if (!hasRoom) return drained(response, gone)
      })
      response.end() // Only now that `gone` has aborted.
      // #endregion push
    },
  })
}
