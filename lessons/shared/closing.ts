import type { Server } from 'node:net'

import { connectionsOf } from './connections.ts'

/** How long subscribers may take to read the end of what they were sent. */
const graceMs = 2_000

/**
 * Lets `server.close()` end subscriptions, which never end by themselves: it
 * calls `end`, and cuts the connections that are still there after a while.
 *
 * @param drainMs how long `end` takes
 */
export function endOnClose(server: Server, end: () => void, drainMs = 0): void {
  const sockets = connectionsOf(server)
  const close = server.close.bind(server)
  server.close = (callback) => {
    const cut = () => {
      for (const socket of sockets) socket.destroy()
    }
    const late = setTimeout(cut, drainMs + graceMs)
    close((error) => {
      clearTimeout(late)
      callback?.(error)
    })
    end()
    return server
  }
}
