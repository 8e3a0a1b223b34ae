import type { IncomingMessage } from 'node:http'
import type { Http2ServerRequest } from 'node:http2'

import type { WebSocket } from 'ws'

/** The request that asked for a WebSocket: over HTTP/2 it has a stream of its own. */
export type Asked =
  | Pick<IncomingMessage, 'socket'>
  | Pick<Http2ServerRequest, 'socket' | 'stream'>

/** Writes what happens to a connection into the log, and returns how the log calls it. */
export function logConnection(
  webSocket: WebSocket,
  request: Asked,
  cursor: string,
  log: (line: string) => void,
): string {
  const name = nameOf(request)
  log(`${name} connected after ${cursor}`)
  webSocket.on('close', (code) => log(`${name} left with ${code}`))
  // ws has closed the connection by then, with the code for what was wrong.
  webSocket.on('error', ({ message }) => log(`${name}: ${message}`))
  return name
}

/** `127.0.0.1:45550`, and over HTTP/2 `127.0.0.1:45550 stream 7`. */
function nameOf(request: Asked): string {
  const { remoteAddress, remotePort } = request.socket
  const name = `${remoteAddress}:${remotePort}`
  return 'stream' in request ? `${name} stream ${request.stream.id}` : name
}
