import type { Http2Session } from 'node:http2'

import { every } from './every.ts'

/**
 * Sends a PING every `heartbeatMs`, and breaks the connection when it is not
 * answered by the next one. Only the next hop answers it: a proxy, if there is
 * one.
 * https://www.rfc-editor.org/rfc/rfc9113.html#section-6.7
 */
export function pingPeer(
  session: Http2Session,
  heartbeatMs: number,
  gone: AbortSignal,
): void {
  let answered = true
  every(heartbeatMs, gone, () => {
    // It ends before it tells so, and would throw.
    if (session.destroyed) return
    if (!answered) return session.destroy()
    answered = false
    session.ping((error) => {
      answered = error === null
    })
  })
}
