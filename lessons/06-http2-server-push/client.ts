// HTTP/2 server push, client side: one request is held open, and every message
// arrives as the answer to a request that the server made up.

import { parseETag } from '../01-short-polling/etag.ts'
import type { SubscribeOptions, Subscription } from '../lesson.ts'
import {
  ask,
  breakOff,
  connected,
  opened,
  post,
} from '../shared/http2-client.ts'
import { Queue } from '../shared/queue.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'
import { pushedText, untilEnd } from './pushed-text.ts'

/** A promised message: its id is known before its data is here. */
interface Promised {
  id: string | undefined
  data?: Promise<string>
}

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const { heartbeatMs = 15_000 } = options
  const limitMs = 2 * heartbeatMs

  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    const session = connected(url, options)
    const promised = new Queue<Promised>()

    // #region promise
    // PUSH_PROMISE arrives as a stream of the server's, with the headers of the
    // request that it answers. Bodies may end in another order than they were
    // promised in, so the queue keeps the order of the promises.
    session.on('stream', (pushed, { ':path': path }) => {
      const data = pushedText(pushed, limitMs)
      data.catch(() => {}) // Whoever waits for it is told.
      promised.put({ id: path?.slice('/messages/'.length), data })
    })
    // #endregion promise

    try {
      const query = after === undefined ? '' : `?after=${after}`
      const held = ask(session, { ':path': `/messages${query}` })
      const { etag } = await opened(url, held)
      promised.put({ id: parseETag(etag) })
      untilEnd(held, limitMs).then((error) => promised.end(error))
      for await (const { id, data } of promised) yield { id, data: await data }
    } finally {
      breakOff(session)
    }
  }

  return resuming(connect, (data) => post(url, data, options), options)
}
