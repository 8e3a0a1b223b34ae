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
  const messages: Message[] = status === 200 ? JSON.parse(body) : []
  return {
    arrivals: messages.length > 0 ? messages : [{ id: cursor }],
    more: link?.includes('rel="next"') ?? false,
  }
}
