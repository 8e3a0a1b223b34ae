// What a client needs that takes no pushes, and browsers take none: the messages
// as resources to ask for.

import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'

import type { Feed } from '../feed.ts'
import { Refusal } from '../shared/refusal.ts'
import type { Routes } from '../shared/router.ts'

export const text = { 'content-type': 'text/plain; charset=utf-8' }

export function withoutPush(
  feed: Feed,
): Routes<Http2ServerRequest, Http2ServerResponse> {
  return {
    'GET /messages/*'(request, response) {
      const message = feed.find(request.url.slice('/messages/'.length))
      if (message === undefined)
        throw new Refusal(
          404,
          'There is no such message here, or not any more.',
        )
      response.writeHead(200, text).end(message.data)
    },

    /** What the client announced: its page shows it. */
    'GET /settings'(_request, response) {
      const { enablePush } = response.stream.session?.remoteSettings ?? {}
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ enablePush }))
    },
  }
}
