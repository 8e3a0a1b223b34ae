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

/** In this folder; without those that every lesson has. */
const scripts = [
  'steps',
  'topic-stream',
  'leader-tab',
  'worker-tab',
  'stream-worker',
]

export function demonstration(
  feed: Feed,
  { certificate: _, ...options }: ServeOptions,
): Routes<Http2ServerRequest, Http2ServerResponse> {
  const routes: Record<
    string,
    Routes<Http2ServerRequest, Http2ServerResponse>[string]
  > = {}
  for (const name of scripts) {
    const { type, read } = script(new URL(`${name}.ts`, import.meta.url))
    routes[`GET /${name}.js`] = async (_request, response) => {
      const content = await read()
      response.writeHead(200, { 'content-type': type }).end(content)
    }
  }
  return {
    ...routes,

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
