// HTTP/2 server push as everybody writes it first: each message is promised and
// sent as soon as it is there. It runs, and a client that reads everything gets
// all of it. `npm run check 6` tells what is still wrong.

import type { Feed } from '../../feed.ts'
import type { LessonServer, ServeOptions } from '../../lesson.ts'
import { http2Server } from '../../shared/http2-server.ts'
import { text } from '../../shared/message-resources.ts'
import { publishRoute } from '../../shared/router.ts'

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000 } = options

  return http2Server(import.meta.url, options, {
    ...publishRoute(feed, options),

    // The answer stays open; each message is a resource that is pushed on it.
    async 'GET /messages'(_, response, gone) {
      const { stream } = response
      response.writeHead(200, { etag: `"${feed.present}"` })
      response.write('\n')
      setInterval(() => response.write('\n'), heartbeatMs)

      await feed.follow(feed.present, gone, ({ id, data }) => {
        const path = `/messages/${id}`
        stream.pushStream({ ':path': path }, (error, pushed) => {
          if (error) throw error
          const length = Buffer.byteLength(data)
          pushed.respond({ ':status': 200, 'content-length': length, ...text })
          pushed.end(data)
        })
        return undefined
      })
    },
  })
}
