// What a client needs that takes no pushes, and browsers take none: the messages
// as resources to ask for.

import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'

import type { Feed } from '../feed.ts'
import { messageRoute } from '../shared/message-resources.ts'
import type { Routes } from '../shared/router.ts'

export function withoutPush(
  feed: Feed,
): Routes<Http2ServerRequest, Http2ServerResponse> {
  return {
    ...messageRoute(feed),

    /** What the client announced: its page shows it. */
    'GET /settings'(_request, response) {
      const { enablePush } = response.stream.session?.remoteSettings ?? {}
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ enablePush }))
    },
  }
}
