// WebTransport, client side: read the stream that the server opens, and open
// one for each message to publish.

import { text } from 'node:stream/consumers'

import { decodeLines } from '../03-http-streaming/json-lines.ts'
import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { alive } from '../shared/alive.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'
import { connect as connectTo } from './connect.ts'
import type { WebTransportSession } from './http3/web-transport-session.ts'
import { Latest } from './latest.ts'
import { checkPublished } from './messages.ts'

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const { heartbeatMs = 15_000 } = options
  const latest = new Latest<WebTransportSession>()

  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    const { session, close } = await connectTo(url, after, options)
    try {
      latest.open(session)
      // #region read
      for await (const stream of session.streams) {
        const lines = alive(stream, 2 * heartbeatMs, close)
        for await (const line of decodeLines(lines)) yield line as Arrival
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
