// WebTransport, client side: read the stream that the server opens, and open
// one for each message to publish.

import { text } from 'node:stream/consumers'

import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { alive } from '../shared/alive.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'
import { fromDatagrams, fromLines } from './arrivals.ts'
import { connect as connectTo } from './connect.ts'
import type { WebTransportSession } from './http3/web-transport-session.ts'
import { Latest } from './latest.ts'
import { checkPublished, type Delivery, sessionUrl } from './messages.ts'

/** All messages, in order. */
export function subscribe(url: URL, options: SubscribeOptions = {}) {
  return follow(url, options, 'stream')
}

/** Messages as they come, without those that are lost: `onGap` is told of them. */
export function subscribeByDatagrams(url: URL, options: SubscribeOptions = {}) {
  return follow(url, options, 'datagrams')
}

function follow(
  url: URL,
  options: SubscribeOptions,
  by: Delivery,
): Subscription {
  const { heartbeatMs = 15_000 } = options
  const latest = new Latest<WebTransportSession>()

  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    const from = sessionUrl(url, after, by)
    const { session, close } = await connectTo(url, from, options)
    try {
      latest.open(session)
      // #region read
      for await (const stream of session.streams) {
        const chunks = alive(stream, 2 * heartbeatMs, close)
        yield* by === 'stream'
          ? fromLines(chunks)
          : fromDatagrams(chunks, session.datagrams)
      }
      // #endregion read
    } finally {
      latest.close()
      close()
    }
  }

  // #region publish
  async function publish(data: string): Promise<void> {
    const session = await latest.ready()
    const stream = await session.openStream('bidirectional')
    stream.end(data)
    checkPublished(await text(stream))
  }
  // #endregion publish

  return resuming(connect, publish, options)
}
