// Early Hints as everybody writes them first: the 103 goes out with the page.
// It runs, and the page is as quick as it was without. `npm run check 7` tells
// what is still wrong.

import type { Feed } from '../../feed.ts'
import type { LessonServer, ServeOptions } from '../../lesson.ts'
import { http2Server } from '../../shared/http2-server.ts'
import { messageRoute, pathOfMessage } from '../../shared/message-resources.ts'
import { pageAssets } from '../../shared/page-assets.ts'
import { publishRoute } from '../../shared/router.ts'
import { sleep } from '../../shared/sleep.ts'
import { encodePreload } from '../preload.ts'

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000 } = options
  const { '/': page, '/style.css': style } = pageAssets(import.meta.url)

  return http2Server(import.meta.url, options, {
    ...publishRoute(feed, options),
    ...messageRoute(feed),

    async 'GET /'(_, response, gone) {
      await sleep(300, gone) // The database, the template, the service behind.
      response.writeEarlyHints({
        link: encodePreload({ path: '/style.css', as: 'style' }),
      })
      response.setHeader('content-type', page.type)
      response.end(await page.read())
    },

    async 'GET /style.css'(_, response) {
      response.setHeader('content-type', style.type)
      response.setHeader('cache-control', 'no-store')
      response.end(await style.read())
    },

    // An answer that has no end, and a hint for each message.
    async 'GET /messages'(_, { stream }, gone) {
      const hint = (headers = {}) =>
        stream.additionalHeaders({ ':status': 103, ...headers })
      hint({ etag: `"${feed.present}"` })
      setInterval(hint, heartbeatMs)

      await feed.follow(feed.present, gone, ({ id }) => {
        hint({ link: encodePreload({ path: pathOfMessage(id), as: 'fetch' }) })
        return undefined
      })
    },
  })
}
