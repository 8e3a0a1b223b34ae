import type { WebSocket } from 'ws'

import { every } from '../shared/every.ts'

/**
 * Sends a ping every `heartbeatMs`, and breaks the connection when there is no
 * pong by the next one. A peer answers by itself, browsers too.
 * https://www.rfc-editor.org/rfc/rfc6455.html#section-5.5.2
 */
export function pingPong(
  webSocket: WebSocket,
  heartbeatMs: number,
  gone: AbortSignal,
): void {
  let answered = true
  webSocket.on('pong', () => {
    answered = true
  })
  every(heartbeatMs, gone, () => {
    // While this side does not read, it could not see a pong.
    if (webSocket.isPaused) return
    if (!answered) return webSocket.terminate()
    answered = false
    webSocket.ping()
  })
}
