// HTTP/2 server push, server side: resources that travel before the client
// asks for them.

import { encodeLine } from '../03-http-streaming/json-lines.ts'
import type { Feed } from '../feed.ts'
import type { LessonServer, ServeOptions } from '../lesson.ts'
import { drained } from '../shared/drained.ts'
import { every } from '../shared/every.ts'
import { http2Server } from '../shared/http2-server.ts'
import { text } from '../shared/message-resources.ts'
import { pageAssets } from '../shared/page-assets.ts'
import { afterOf, publishRoute } from '../shared/router.ts'
import { push } from './push.ts'
import { withoutPush } from './without-push.ts'

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000 } = options
  const { '/': page, '/style.css': style } = pageAssets(import.meta.url)

  return http2Server(import.meta.url, options, {
    ...publishRoute(feed, options),
    ...withoutPush(feed),

    // #region page
    async 'GET /'(_request, response) {
      const [html, css] = await Promise.all([page.read(), style.read()])
      const { stream } = response
      // The promise goes out before the page that will ask for the style sheet.
      if (stream.pushAllowed)
        push(stream, '/style.css', { 'content-type': style.type }, css)
      response.writeHead(200, { 'content-type': page.type }).end(html)
    },
    // #endregion page

    // #region messages
    // The answer stays open; each message is a resource that is pushed on it.
    async 'GET /messages'(request, response, gone) {
      const cursor = feed.locate(afterOf(request))
      const { stream } = response
      response.writeHead(200, { etag: `"${cursor}"` })
      every(heartbeatMs, gone, () => response.write('\n'))
      response.write('\n')

      await feed.follow(cursor, gone, ({ id, data }) => {
        const path = `/messages/${id}`
        // One at a time: the next message waits until this one is sent.
        if (stream.pushAllowed) return push(stream, path, text, data)
        // What is left without push: say where it is, and let the client ask.
        if (!response.write(encodeLine({ path })))
          return drained(response, gone)
      })
      response.end()
    },
    // #endregion messages
  })
}
