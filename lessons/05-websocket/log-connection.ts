import type { IncomingMessage } from 'node:http'

import type { WebSocket } from 'ws'

/** Writes what happens to a connection into the log, and returns how the log calls it. */
export function logConnection(
  webSocket: WebSocket,
  { socket }: IncomingMessage,
  cursor: string,
  log: (line: string) => void,
): string {
  const name = `${socket.remoteAddress}:${socket.remotePort}`
  log(`${name} connected after ${cursor}`)
  webSocket.on('close', (code) => log(`${name} left with ${code}`))
  // ws has closed the connection by then, with the code for what was wrong.
  webSocket.on('error', ({ message }) => log(`${name}: ${message}`))
  return name
}
