// What the page's demonstration needs of the server, beside the event streams:
// its scripts, and a server of HTTP/1.1 to compare with.

import { once } from 'node:events'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'

import { serve } from '../04-server-sent-events/server.ts'
import type { Feed } from '../feed.ts'
import type { ServeOptions } from '../lesson.ts'
import { script } from '../shared/page-assets.ts'
import type { Routes } from '../shared/router.ts'
import { startServer } from '../start.ts'

type Http2Routes = Routes<Http2ServerRequest, Http2ServerResponse>

/** In this folder, beside those that every lesson's page has. */
const scripts = [
  'steps',
  'topic-stream',
  'worker-tab',
  'stream-worker',
  'leader-tab',
]

export function demonstration(
  feed: Feed,
  { certificate: _, ...options }: ServeOptions,
): Http2Routes {
  return {
    ...Object.assign({}, ...scripts.map(scriptRoute)),

    /** How many streams of the feed are open, on whatever connections. */
    'GET /streams'(_request, response) {
      response.setHeader('content-type', 'application/json')
      response.setHeader('cache-control', 'no-store')
      response.end(`${JSON.stringify({ streams: feed.followerCount })}\n`)
    },

    // #region companion
    // Lesson 04 with the same feed, without TLS and so without HTTP/2. It lives
    // as long as this answer: until the page, or this server, is closed.
    async 'GET /http1'(_request, response, gone) {
      const companion = await startServer({ serve }, { ...options, feed })
      response.writeHead(200, { 'content-type': 'text/plain' })
      response.write(`${companion.url}\n`)
      if (!gone.aborted) await once(gone, 'abort')
      response.end()
      await companion.close()
    },
    // #endregion companion
  }
}

function scriptRoute(name: string): Http2Routes {
  const { type, read } = script(new URL(`${name}.ts`, import.meta.url))
  return {
    async [`GET /${name}.js`](_request, response) {
      const content = await read()
      response.writeHead(200, { 'content-type': type }).end(content)
    },
  }
}
