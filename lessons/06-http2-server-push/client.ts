// HTTP/2 server push, client side: one request is held open, and every message
// arrives as the answer to a request that the server made up.

import type http2 from 'node:http2'
import { buffer } from 'node:stream/consumers'

import { parseETag } from '../01-short-polling/etag.ts'
import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { alive } from '../shared/alive.ts'
import { ConnectionError } from '../shared/connection-error.ts'
import { Queue } from '../shared/queue.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'
import { connected, opened, post } from './session.ts'

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
      const data = textOf(pushed, limitMs)
      data.catch(() => {}) // Whoever waits for it is told.
      promised.put({ id: path?.slice('/messages/'.length), data })
    })
    // #endregion promise

    try {
      const query = after === undefined ? '' : `?after=${after}`
      const held = session.request({ ':path': `/messages${query}` })
      const { etag } = await opened(url, held)
      promised.put({ id: parseETag(etag) })
      watch(held, limitMs, promised)
      for await (const { id, data } of promised) yield { id, data: await data }
    } finally {
      session.destroy()
    }
  }

  return resuming(connect, (data) => post(url, data, options), options)
}

/** The body as it is: a byte order mark at its start is data. */
async function textOf(
  pushed: http2.ClientHttp2Stream,
  limitMs: number,
): Promise<string> {
  let length: string | undefined
  pushed.once('push', ({ 'content-length': told }) => {
    length = told
  })
  const bytes = await buffer(alive(pushed, limitMs, () => pushed.close()))
  // A stream that breaks with its connection may end here without an error.
  if (length !== String(bytes.length))
    throw new ConnectionError('the push broke off')
  return bytes.toString()
}

/** Ends the queue when the held answer ends, breaks or falls silent. */
async function watch(
  held: http2.ClientHttp2Stream,
  limitMs: number,
  promised: Queue<Promised>,
): Promise<void> {
  try {
    for await (const _ of alive(held, limitMs, () => held.close()));
    promised.end()
  } catch (error) {
    promised.end(error as Error)
  }
}
