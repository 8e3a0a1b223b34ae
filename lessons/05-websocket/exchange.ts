// What a client does with a WebSocket, however it was opened: reads what comes,
// and publishes on it.

import { on } from 'node:events'

import type { RawData, WebSocket } from 'ws'

import type { SubscribeOptions } from '../lesson.ts'
import { brokenBy } from '../shared/connection-error.ts'
import type { Arrival } from '../shared/resuming.ts'
import { decodeFrame } from './frames.ts'
import { pingPong } from './ping-pong.ts'
import type { WayBack } from './way-back.ts'

/**
 * What arrives on `webSocket`, which is closed at the end.
 *
 * @param opened resolves when it is open; nothing that comes at once is missed
 * @throws ConnectionError when it breaks
 */
export async function* readFrames(
  webSocket: WebSocket,
  opened: Promise<void>,
  wayBack: WayBack<WebSocket>,
  { signal, heartbeatMs = 15_000 }: SubscribeOptions,
): AsyncGenerator<Arrival, void, undefined> {
  const left = new AbortController()
  webSocket.once('close', () => left.abort())
  webSocket.on('error', () => {}) // The loop below, or `opened`, reports it.

  // #region read
  // Backpressure: stops reading from the connection while 64 frames wait.
  const flow = { close: ['close'], highWaterMark: 64, lowWaterMark: 16 }
  const events = on(webSocket, 'message', { ...flow, signal })
  const frames = events as unknown as AsyncIterable<[RawData]>
  try {
    await opened
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
/** Resolves when the frame is sent. Nobody answers it. */
export async function publishOn(
  wayBack: WayBack<WebSocket>,
  data: string,
): Promise<void> {
  const webSocket = await wayBack.ready()
  return new Promise((resolve, reject) => {
    webSocket.send(data, (error) => (error ? reject(error) : resolve()))
  })
}
// #endregion publish
