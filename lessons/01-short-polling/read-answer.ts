// What the answer to a poll means to the client. Runs in Node and in browsers.

import type { Message } from '../feed.ts'
import { ConnectionError } from '../shared/connection-error.ts'
import type { Arrival } from '../shared/resuming.ts'
import { parseETag } from './etag.ts'

export interface Answer {
  /** Messages, or only the position when there are none. */
  readonly arrivals: Arrival[]
  /** The server has more messages than fit into this answer. */
  readonly more: boolean
}

/** @throws ConnectionError when it is not the answer of such a server */
export function readAnswer(
  status: number,
  etag: string | null | undefined,
  link: string | null | undefined,
  body: string,
): Answer {
  const cursor = parseETag(etag)
  if (cursor === undefined || ![200, 204, 304].includes(status))
    throw new ConnectionError(
      `expected an answer with 200, 204 or 304 and an ETag, got ${status} and ${etag}`,
    )
  const messages = status === 200 ? parseMessages(body) : []
  return {
    arrivals: messages.length > 0 ? messages : [{ id: cursor }],
    more: link?.includes('rel="next"') ?? false,
  }
}

/**
 * An answer may be cut off and still look whole: when plain HTTP breaks within
 * the headers, Chromium takes those it has, and an empty body.
 */
function parseMessages(body: string): Message[] {
  try {
    const messages: unknown = JSON.parse(body)
    if (Array.isArray(messages)) return messages
  } catch {
    // Reported with what is JSON, but no array.
  }
  const start = JSON.stringify(body.slice(0, 60))
  throw new ConnectionError(`expected a JSON array of messages, got ${start}`)
}
