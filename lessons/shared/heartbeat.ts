import type { ServerResponse } from 'node:http'

import { every } from './every.ts'

/**
 * Writes `sign` to an answer that never ends, every `everyMs`: proxies keep
 * the connection, and the client sees that the server lives.
 *
 * A client whose connection takes nothing for two heartbeats is dead, or does
 * not read; either way its connection is cut. Node's socket timeout measures
 * that: it starts again while the system takes some of what waits.
 */
export function heartbeat(
  response: ServerResponse,
  everyMs: number,
  gone: AbortSignal,
  sign: string,
): void {
  every(everyMs, gone, () => {
    if (!response.writableNeedDrain) response.write(sign)
  })
  response.setTimeout(everyMs, () => {
    if (response.writableNeedDrain) response.destroy()
  })
}
