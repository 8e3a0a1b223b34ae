// HTTP/2 server push in the browser: no browser accepts it any more. The server
// says on the held answer where each message is, and the page asks for it.

import { parseETag } from '../01-short-polling/etag.ts'
import { decodeLines } from '../03-http-streaming/json-lines.ts'
import {
  SubscribeError,
  type SubscribeOptions,
  type Subscription,
} from '../lesson.ts'
import { connectionError } from '../shared/connection-error.ts'
import { chunks, fetchOpen, post, text } from '../shared/fetch-client.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const { signal, heartbeatMs = 15_000 } = options
  const messages = new URL('/messages', url)

  // #region read
  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    const from = new URL(messages)
    if (after !== undefined) from.searchParams.set('after', after)
    const held = await fetchOpen(from, { signal })
    yield { id: parseETag(held.headers.get('etag')) }
    for await (const line of decodeLines(chunks(held, heartbeatMs))) {
      const { path } = line as { path: string }
      yield { id: path.slice('/messages/'.length), data: await ask(path) }
    }
  }

  async function ask(path: string): Promise<string> {
    try {
      const response = await fetchOpen(new URL(path, url), { signal })
      return await text(response, heartbeatMs)
    } catch (error) {
      const isGone = error instanceof SubscribeError && error.status === 404
      // The history outlived it on the way here. The next connection tells how
      // much is lost.
      throw isGone ? connectionError(error) : error
    }
  }
  // #endregion read

  return resuming(connect, (data) => post(messages, data, options), options)
}
