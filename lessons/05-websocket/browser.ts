// WebSocket in the browser. It has no backpressure (what is not read yet waits
// in memory), does not show pings, and tells no reason when it is refused.

import {
  SubscribeError,
  type SubscribeOptions,
  type Subscription,
} from '../lesson.ts'
import { alive } from '../shared/alive.ts'
import { connectionError } from '../shared/connection-error.ts'
import { askWhy } from '../shared/fetch-client.ts'
import { Queue } from '../shared/queue.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'
import { decodeFrame, webSocketUrl } from './frames.ts'
import { WayBack } from './way-back.ts'

/** @param prepare is waited for before each attempt: lesson 09 has something to do there */
export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
  prepare: () => Promise<unknown> = async () => {},
): Subscription {
  const { signal, heartbeatMs = 15_000 } = options
  const wayBack = new WayBack<WebSocket>()

  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    await prepare()
    const from = webSocketUrl(url, after)
    const webSocket = new WebSocket(from)

    // #region read
    const frames = new Queue<string>()
    let opened = false
    webSocket.onopen = () => {
      opened = true
      wayBack.open(webSocket)
    }
    webSocket.onmessage = ({ data }) => frames.put(data)
    webSocket.onclose = ({ code, reason }) =>
      frames.end(connectionError(`it closed with ${code} ${reason}`.trim()))
    const close = () => webSocket.close()
    signal?.addEventListener('abort', close)
    try {
      for await (const frame of alive(frames, 2 * heartbeatMs, close))
        yield decodeFrame(frame)
    } catch (error) {
      throw opened ? error : await whyRefused(from, signal)
    } finally {
      signal?.removeEventListener('abort', close)
    }
    // #endregion read
  }

  // #region publish
  async function publish(data: string): Promise<void> {
    const webSocket = await wayBack.ready()
    webSocket.send(data)
  }
  // #endregion publish

  return resuming(connect, publish, options)
}

/** Asks the same address by a plain request, whose answer the page may read. */
async function whyRefused(from: URL, signal?: AbortSignal): Promise<Error> {
  const plain = new URL(from)
  plain.protocol = from.protocol === 'wss:' ? 'https:' : 'http:'
  const reason = await askWhy(plain, signal)
  // "Upgrade Required", or over HTTP/2 "Method Not Allowed", as it takes CONNECT:
  // it would take a WebSocket, so another attempt may help.
  const isWilling =
    reason instanceof SubscribeError && [426, 405].includes(reason.status)
  return isWilling ? connectionError(reason) : reason
}
