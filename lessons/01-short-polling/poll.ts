// The answer to a poll: a JSON array of messages, and the cursor for the next
// poll in `ETag`. Lessons 01 and 02 share it.

import type { IncomingMessage, ServerResponse } from 'node:http'

import type { Feed, Message } from '../feed.ts'
import { Refusal } from '../shared/refusal.ts'
import { afterOf } from '../shared/router.ts'
import { parseETag } from './etag.ts'

/** The cursor that a poll asks after: in `If-None-Match`, or else in the URL. */
export function askedAfter(request: IncomingMessage): string | null {
  const etag = request.headers['if-none-match']
  if (etag === undefined) return afterOf(request)
  const cursor = parseETag(etag)
  if (cursor !== undefined) return cursor
  throw new Refusal(
    400,
    `If-None-Match must be one cursor in quotes, got ${etag}. Send back the ETag of the last answer.`,
  )
}

/** Answers with the messages after `cursor`, or as shortly as HTTP can that there are none. */
export function answerPoll(
  request: IncomingMessage,
  response: ServerResponse,
  feed: Feed,
  cursor: string,
): void {
  // #region answer
  const messages = feed.read(cursor)
  const last = messages.at(-1)?.id ?? cursor
  response.setHeader('cache-control', 'no-store')
  response.setHeader('etag', `"${last}"`)

  if (messages.length === 0 && request.headers['if-none-match']) {
    response.writeHead(304).end()
  } else if (messages.length === 0 && cursor === afterOf(request)) {
    response.writeHead(204).end()
  } else {
    // An answer is bounded; what does not fit is there for the next poll.
    if (last !== feed.present)
      response.setHeader('link', `</messages?after=${last}>; rel="next"`)
    response.setHeader('content-type', 'application/json')
    response.end(encodeMessages(messages))
  }
  // #endregion answer
}

/** One message a line, for people who look at it with curl. */
export function encodeMessages(messages: readonly Message[]): string {
  const lines = messages.map((message) => JSON.stringify(message))
  return `[${lines.join(',\n')}]\n`
}
