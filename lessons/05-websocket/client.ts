// WebSocket, client side: frames come and go on one connection.

import { WebSocket } from 'ws'

import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { trust } from '../shared/http-client.ts'
import { resuming } from '../shared/resuming.ts'
import { publishOn, readFrames } from './exchange.ts'
import { webSocketUrl } from './frames.ts'
import { opened } from './opened.ts'
import { WayBack } from './way-back.ts'

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const wayBack = new WayBack<WebSocket>()

  // #region connect
  function connect(after: string | undefined) {
    const limits = { handshakeTimeout: 10_000, closeTimeout: 1_000 }
    const settings = {
      ...trust(options.ca),
      ...limits,
      perMessageDeflate: false,
    }
    const webSocket = new WebSocket(webSocketUrl(url, after), settings)
    return readFrames(webSocket, opened(url, webSocket), wayBack, options)
  }
  // #endregion connect

  return resuming(connect, (data) => publishOn(wayBack, data), options)
}
