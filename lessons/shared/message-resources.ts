// Messages as resources, each at a path of its own, for transports that say
// where a message is and let the client ask for it.

import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'

import { emptyLine, encodeLine } from '../03-http-streaming/json-lines.ts'
import type { Feed } from '../feed.ts'
import { drained } from './drained.ts'
import { every } from './every.ts'
import { Refusal } from './refusal.ts'
import type { Routes } from './router.ts'

export const text = { 'content-type': 'text/plain; charset=utf-8' }

const prefix = '/messages/'

export function pathOfMessage(id: string): string {
  return prefix + id
}

/** The message's id; undefined if `path` is none of a message. */
export function idOfPath(path: string): string | undefined {
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined
}

/** Answers with the data of one message. */
export function messageRoute(
  feed: Feed,
): Routes<Http2ServerRequest, Http2ServerResponse> {
  return {
    'GET /messages/*'(request, response) {
      const message = feed.find(idOfPath(request.url) ?? '')
      if (message === undefined)
        throw new Refusal(
          404,
          'There is no such message here, or not any more.',
        )
      const { data } = message
      // HTTP/2 needs no length, but a client that knows it sees what broke off.
      const length = Buffer.byteLength(data)
      response.writeHead(200, { 'content-length': length, ...text }).end(data)
    },
  }
}

/** An answer that stays open, with a line for each message: where it is. */
export async function tellPaths(
  feed: Feed,
  cursor: string,
  response: Http2ServerResponse,
  heartbeatMs: number,
  gone: AbortSignal,
): Promise<void> {
  response.writeHead(200, { etag: `"${cursor}"` })
  every(heartbeatMs, gone, () => response.write(emptyLine))
  response.write(emptyLine)
  await feed.follow(cursor, gone, ({ id }) => {
    const line = encodeLine({ path: pathOfMessage(id) })
    if (!response.write(line)) return drained(response, gone)
  })
  response.end()
}
