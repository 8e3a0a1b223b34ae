import type { ServerResponse } from 'node:http'

import { every } from './every.ts'

/**
 * Writes `sign` to an answer that never ends, every `everyMs`: proxies keep
 * the connection, and the client sees that the server lives.
 *
 * A client whose connection takes nothing for two heartbeats is dead, or does
 * not read; either way its connection is cut. Node's socket timeout measures
 * that: it starts again while the system takes some of what waits. It is set
 * only while the connection is full, as every write would have to reset it.
 */
export function heartbeat(
  response: ServerResponse,
  everyMs: number,
  gone: AbortSignal,
  sign: string,
): void {
  response.on('timeout', () => {
    if (response.writableNeedDrain) response.destroy()
  })
  every(everyMs, gone, () => {
    const { socket } = response
    if (!response.writableNeedDrain) {
      socket?.setTimeout(0)
      response.write(sign)
    } else if (!socket?.timeout) socket?.setTimeout(everyMs)
  })
}
