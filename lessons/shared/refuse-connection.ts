import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

import type { Refusal } from './refusal.ts'

/** How long a client may take to read why it is refused. */
const graceMs = 2_000

/** Answers on a connection that has no response object. */
export function refuseConnection(
  socket: Duplex,
  { status, headers, message }: Refusal,
): void {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: text/plain; charset=utf-8',
    `content-length: ${Buffer.byteLength(message) + 1}`,
    'connection: close',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  socket.on('error', () => {}) // The client is gone, and 'close' follows.
  socket.end(`${lines.join('\r\n')}\r\n\r\n${message}\n`)
  // Bytes that nobody reads would make the system reset the connection, and the
  // client lose the answer.
  socket.resume()
  const late = setTimeout(() => socket.destroy(), graceMs)
  socket.once('close', () => clearTimeout(late))
}
