// WebSocket over HTTP/2, client side: every subscription is a stream of one
// connection.

import type { WebSocket } from 'ws'

import { publishOn, readFrames } from '../05-websocket/exchange.ts'
import { WayBack } from '../05-websocket/way-back.ts'
import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'
import { SessionPool } from '../shared/session-pool.ts'
import { dial } from './dial.ts'

/** All subscriptions of this program share it. */
const pool = new SessionPool()

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const wayBack = new WayBack<WebSocket>()

  // #region connect
  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    const webSocket = await dial(pool, url, after, options)
    yield* readFrames(webSocket, Promise.resolve(), wayBack, options)
  }
  // #endregion connect

  return resuming(connect, (data) => publishOn(wayBack, data), options)
}
