// Early Hints, server side: while the final answer has to wait, informational
// ones say what the client will need.

import type { OutgoingHttpHeaders } from 'node:http2'

import type { Feed } from '../feed.ts'
import type { LessonServer, ServeOptions } from '../lesson.ts'
import { every } from '../shared/every.ts'
import { http2Server } from '../shared/http2-server.ts'
import {
  messageRoute,
  pathOfMessage,
  tellPaths,
} from '../shared/message-resources.ts'
import { afterOf, publishRoute } from '../shared/router.ts'
import { hint } from './hint.ts'
import { hintedPage } from './hinted-page.ts'
import { encodePreload } from './preload.ts'

/**
 * What one answer hints at most. Node remembers each 103 until the answer ends,
 * and HTTP/2 has no flow control for headers: this is what bounds both.
 */
export const most = { hints: 64, bytes: 1024 * 1024 }

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000 } = options

  return http2Server(import.meta.url, options, {
    ...publishRoute(feed, options),
    ...messageRoute(feed),
    ...hintedPage(import.meta.url),

    async 'GET /messages'(request, response, gone) {
      const cursor = feed.locate(afterOf(request))
      // #region browser
      // A browser shows a page no 103, and says what it asks for.
      if ('sec-fetch-mode' in request.headers)
        return tellPaths(feed, cursor, response, heartbeatMs, gone)
      // #endregion browser

      // #region messages
      const enough = new AbortController()
      const over = AbortSignal.any([gone, enough.signal])
      let hints = 0
      let bytes = 0
      const tell = (headers?: OutgoingHttpHeaders) => {
        hint(response.stream, headers)
        if (++hints >= most.hints || bytes >= most.bytes) enough.abort()
      }
      tell({ etag: `"${cursor}"` })
      every(heartbeatMs, over, tell)
      await feed.follow(cursor, over, ({ id, data }) => {
        bytes += Buffer.byteLength(data)
        const path = pathOfMessage(id)
        tell({ link: encodePreload({ path, as: 'fetch' }) })
      })
      // The client asks again when it has taken what it was told of.
      response.writeHead(204).end()
      // #endregion messages
    },
  })
}
