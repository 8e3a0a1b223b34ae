// WebSocket over HTTP/2, client side: every subscription is a stream of one
// connection.

import { on } from 'node:events'

import type { RawData, WebSocket } from 'ws'

import { decodeFrame } from '../05-websocket/frames.ts'
import { pingPong } from '../05-websocket/ping-pong.ts'
import { WayBack } from '../05-websocket/way-back.ts'
import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { brokenBy } from '../shared/connection-error.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'
import { SessionPool } from '../shared/session-pool.ts'
import { dial } from './dial.ts'

/** All subscriptions of this program share it. */
const pool = new SessionPool()

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const { signal, heartbeatMs = 15_000 } = options
  const wayBack = new WayBack<WebSocket>()

  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    const webSocket = await dial(pool, url, after, options)
    const left = new AbortController()
    webSocket.once('close', () => left.abort())
    webSocket.on('error', () => {}) // The loop below reports it.

    // #region read
    // Backpressure: while 64 frames wait, nothing is read from the stream, and
    // HTTP/2's flow control holds the server back. Other streams go on.
    const flow = { close: ['close'], highWaterMark: 64, lowWaterMark: 16 }
    const events = on(webSocket, 'message', { ...flow, signal })
    const frames = events as unknown as AsyncIterable<[RawData]>
    try {
      wayBack.open(webSocket)
      pingPong(webSocket, heartbeatMs, left.signal)
      for await (const [frame] of brokenBy(frames))
        yield decodeFrame(frame.toString())
    } finally {
      if (webSocket.isPaused) webSocket.resume()
      webSocket.close()
    }
    // #endregion read
  }

  // #region publish
  async function publish(data: string): Promise<void> {
    const webSocket = await wayBack.ready()
    return new Promise((resolve, reject) => {
      webSocket.send(data, (error) => (error ? reject(error) : resolve()))
    })
  }
  // #endregion publish

  return resuming(connect, publish, options)
}
