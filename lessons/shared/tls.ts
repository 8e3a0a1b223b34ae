// What a server that speaks TLS says to a client that cannot.

import type { Server, Socket } from 'node:net'

import { Refusal } from './refusal.ts'
import { refuseConnection } from './refuse-connection.ts'

/** How long a client may take to say its first byte. */
const firstByteMs = 10_000

/** A TLS connection begins with a handshake record: RFC 8446, section 5.1. */
const handshake = 22

const sentence =
  'This port speaks TLS, got something else. Ask with https:// instead of http://.'

/**
 * Answers plain HTTP with a sentence, where TLS would only break off, and tells
 * the log why a client could not begin TLS.
 *
 * @param server a TLS server that nobody has listened to yet
 */
export function explainTls(
  server: Server,
  log: (line: string) => void = () => {},
): void {
  const beginTls = server.listeners('connection') as ((s: Socket) => void)[]
  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    const leave = () => socket.destroy()
    socket.setTimeout(firstByteMs, leave)
    socket.on('error', leave)
    socket.once('readable', () => {
      socket.setTimeout(0)
      const first: Buffer | null = socket.read()
      if (first === null) return leave()
      if (first[0] !== handshake) {
        log(sentence)
        return refuseConnection(socket, new Refusal(400, sentence))
      }
      socket.off('timeout', leave)
      socket.off('error', leave)
      // Puts the bytes back: TLS reads them as if they had not been looked at.
      socket.unshift(first)
      for (const begin of beginTls) begin.call(server, socket)
    })
  })
  server.on('tlsClientError', ({ message }: Error) => {
    log(
      /no application protocol/.test(message)
        ? 'This port speaks HTTP/2 only, got a client that does not.'
        : `A client could not begin TLS: ${message}`,
    )
  })
}
