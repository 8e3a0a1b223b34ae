// HTTP/1.1 on a server, and what may become of its connections: an upgrade, a
// refusal, and an end when the server closes.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import type { Server } from 'node:net'
import type { Duplex } from 'node:stream'

import type { ServeOptions } from '../lesson.ts'
import { refuseForeign } from './origin.ts'
import { Refusal } from './refusal.ts'
import { refuseConnection } from './refuse-connection.ts'
import { longHeaders, noTunnel, notFound, pathOf } from './router.ts'
import type { Subscribers } from './subscribers.ts'

/** Takes over the connection of a client that asked for another protocol. */
export type Upgrade = (
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  gone: AbortSignal,
) => void

/**
 * Lets `server` answer HTTP/1.1.
 *
 * @param server of `node:http`, `node:https`, or of `node:http2` with `allowHTTP1`
 * @param upgrade takes upgrades of `/messages`; absent: they are plain requests
 */
export function serveHttp1(
  server: Server & { keepAliveTimeout?: number },
  options: ServeOptions,
  subscribers: Subscribers,
  upgrade?: Upgrade,
): void {
  // Between two polls a connection is idle. HTTP tells the client how long it
  // may be so in whole seconds; none would mean a new connection for each poll.
  const idleMs = 2 * (options.heartbeatMs ?? 15_000)
  server.keepAliveTimeout = Math.max(idleMs, 1_000)
  server.on('request', (request: AnyRequest, response: AnyResponse) => {
    // HTTP/2 has GOAWAY for this.
    if (request.httpVersionMajor > 1) return
    response.once('close', () => {
      if (subscribers.closing) request.socket.end()
    })
  })
  if (upgrade) {
    server.on(
      'upgrade',
      (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        const { host, origin } = request.headers
        try {
          refuseForeign(host, origin, options)
          const path = pathOf(request)
          if (path !== '/messages') throw notFound(path)
          upgrade(request, socket, head, subscribers.add(socket))
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          refuseConnection(socket, error)
        }
      },
    )
  }
  server.on('connect', (request: AnyRequest, socket: Duplex) => {
    if (request.httpVersionMajor === 1) refuseConnection(socket, noTunnel())
  })
  server.on('clientError', (error: BrokenRequest, socket: Duplex) => {
    // Gone, or answered already: more of the same comes with every chunk.
    if (!socket.writable) return
    const refusal = explain(error)
    options.log?.(refusal.message)
    refuseConnection(socket, refusal)
  })
}

type AnyRequest = IncomingMessage | Http2ServerRequest
type AnyResponse = ServerResponse | Http2ServerResponse
type BrokenRequest = NodeJS.ErrnoException & { rawPacket?: Buffer }

/** What was wrong with bytes that are no HTTP/1.1 request. */
function explain({ code, rawPacket, message }: BrokenRequest): Refusal {
  if (code === 'HPE_HEADER_OVERFLOW') return longHeaders()
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new Refusal(408, 'The request did not arrive in time.')
  // 22 is the type of a TLS handshake record: RFC 8446, section 5.1.
  if (rawPacket?.[0] === 22)
    return new Refusal(
      400,
      'This port speaks plain HTTP, got a TLS handshake. Ask with http:// instead of https://.',
    )
  return new Refusal(400, `This is no HTTP/1.1 request: ${message}.`)
}
