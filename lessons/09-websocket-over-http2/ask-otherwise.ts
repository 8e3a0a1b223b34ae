// What a client is told that asks for the subscription, but not as it should.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'

import type { Feed } from '../feed.ts'
import { Refusal } from '../shared/refusal.ts'
import { afterOf, type Routes } from '../shared/router.ts'

/** Answers a plain request: with what is wrong with its cursor, or with how to ask. */
export function webSocketRequired(
  feed: Feed,
): Routes<
  IncomingMessage | Http2ServerRequest,
  ServerResponse | Http2ServerResponse
> {
  return {
    'GET /messages'(request) {
      feed.locate(afterOf(request))
      // HTTP/2 has no Upgrade, and 426 must come with one: RFC 9110, 15.5.22.
      throw request.httpVersionMajor === 1
        ? new Refusal(426, 'Ask for a WebSocket here.', {
            upgrade: 'websocket',
            connection: 'upgrade, close',
          })
        : new Refusal(
            405,
            'Ask for a WebSocket here: by CONNECT with the :protocol websocket.',
            { allow: 'CONNECT' },
          )
    },
  }
}

/** @throws Refusal (400) for any version of WebSocket but 13, of which there is no other in use */
export function refuseOtherVersions({ headers }: Http2ServerRequest): void {
  const version = headers['sec-websocket-version']
  if (version === '13') return
  throw new Refusal(
    400,
    `Sec-WebSocket-Version must be 13, got ${JSON.stringify(version)}.`,
    { 'sec-websocket-version': '13' },
  )
}
