// WebTransport in the browser: a session has streams of the platform, with
// backpressure, and datagrams.

import {
  SubscribeError,
  type SubscribeOptions,
  type Subscription,
} from '../lesson.ts'
import { alive } from '../shared/alive.ts'
import { items, text } from '../shared/browser-streams.ts'
import { connectionError } from '../shared/connection-error.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'
import { fromDatagrams, fromLines } from './arrivals.ts'
import { askHash, end, opened } from './browser-session.ts'
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
  const { signal, heartbeatMs = 15_000 } = options
  const limitMs = 2 * heartbeatMs
  const latest = new Latest<WebTransport>()

  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    const from = sessionUrl(url, after, by)
    // #region open
    const value = await askHash(url, signal)
    const session = new WebTransport(from, {
      serverCertificateHashes: [{ algorithm: 'sha-256', value }],
    })
    // #endregion open
    const close = () => end(session)
    signal?.addEventListener('abort', close)
    try {
      await opened(session, from, Math.min(limitMs, 10_000), signal)
      latest.open(session)
      // #region read
      const streams = session.incomingUnidirectionalStreams
      for await (const stream of items<ReadableStream<Uint8Array>>(streams)) {
        const chunks = alive(items(stream), limitMs, close)
        yield* by === 'stream'
          ? fromLines(chunks)
          : fromDatagrams(chunks, items(session.datagrams.readable))
      }
      // #endregion read
    } catch (error) {
      throw error instanceof SubscribeError ? error : connectionError(error)
    } finally {
      latest.close()
      signal?.removeEventListener('abort', close)
      close()
    }
  }

  // #region publish
  async function publish(data: string): Promise<void> {
    const session = await latest.ready()
    const { readable, writable } = await session.createBidirectionalStream()
    const writer = writable.getWriter()
    await writer.write(new TextEncoder().encode(data))
    await writer.close()
    checkPublished(await text(readable))
  }
  // #endregion publish

  return resuming(connect, publish, options)
}
