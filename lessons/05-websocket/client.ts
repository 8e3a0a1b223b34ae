// WebSocket, client side: frames come and go on one connection.

import { on } from 'node:events'

import { type RawData, WebSocket } from 'ws'

import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { brokenBy } from '../shared/connection-error.ts'
import { trust } from '../shared/http-client.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'
import { decodeFrame, webSocketUrl } from './frames.ts'
import { opened } from './opened.ts'
import { pingPong } from './ping-pong.ts'
import { WayBack } from './way-back.ts'

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const { signal, ca, heartbeatMs = 15_000 } = options
  const wayBack = new WayBack<WebSocket>()

  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    const limits = { handshakeTimeout: 10_000, closeTimeout: 1_000 }
    const settings = { ...trust(ca), ...limits, perMessageDeflate: false }
    const webSocket = new WebSocket(webSocketUrl(url, after), settings)
    const left = new AbortController()
    webSocket.once('close', () => left.abort())
    webSocket.on('error', () => {}) // The loop below, or `opened`, reports it.

    // #region read
    // Backpressure: stops reading from the connection while 64 frames wait.
    const flow = { close: ['close'], highWaterMark: 64, lowWaterMark: 16 }
    const events = on(webSocket, 'message', { ...flow, signal })
    const frames = events as unknown as AsyncIterable<[RawData]>
    try {
      await opened(url, webSocket)
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
