// WebSocket in the browser. It has no backpressure (what is not read yet waits
// in memory), does not show pings, and tells no reason when it is refused.

import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { alive } from '../shared/alive.ts'
import { connectionError } from '../shared/connection-error.ts'
import { askWhy } from '../shared/fetch-client.ts'
import { Queue } from '../shared/queue.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'
import { decodeFrame, webSocketUrl } from './frames.ts'
import { WayBack } from './way-back.ts'

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const { signal, heartbeatMs = 15_000 } = options
  const wayBack = new WayBack<WebSocket>()

  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    const from = webSocketUrl(url, after)
    const webSocket = new WebSocket(from)

    // #region read
    const frames = new Queue<string>()
    webSocket.onopen = () => wayBack.open(webSocket)
    webSocket.onmessage = ({ data }) => frames.put(data)
    webSocket.onclose = async ({ wasClean, code }) => {
      if (wasClean) return frames.end()
      const reason = await askWhy(plain(from), signal)
      const isUpgradeNeeded = 'status' in reason && reason.status === 426
      frames.end(
        isUpgradeNeeded ? connectionError(`it broke with ${code}`) : reason,
      )
    }
    const close = () => webSocket.close()
    signal?.addEventListener('abort', close)
    try {
      for await (const frame of alive(frames, 2 * heartbeatMs, close))
        yield decodeFrame(frame)
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

/** The same address for a plain request. */
function plain(url: URL): URL {
  const same = new URL(url)
  same.protocol = url.protocol === 'wss:' ? 'https:' : 'http:'
  return same
}
