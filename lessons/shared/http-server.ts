// The HTTP/1.1 server around a lesson's subscription.

import http, { type IncomingMessage, type Server } from 'node:http'
import https from 'node:https'
import type { Duplex } from 'node:stream'

import type { ServeOptions } from '../lesson.ts'
import { endOnClose } from './closing.ts'
import { refuseForeign } from './origin.ts'
import { Refusal } from './refusal.ts'
import { refuseConnection } from './refuse-connection.ts'
import { longHeaders, notFound, pathOf, type Routes, router } from './router.ts'
import { Subscribers } from './subscribers.ts'
import { explainTls } from './tls.ts'

/** Takes over the connection of a client that asked for another protocol. */
export type Upgrade = (
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  gone: AbortSignal,
) => void

/**
 * A server with the lesson's page, its own routes, and a clear refusal for all
 * else. With a certificate it speaks TLS.
 *
 * @param folder the lesson's folder, as `import.meta.url` of a file in it;
 *   undefined for a server without a page
 */
export function httpServer(
  folder: string | undefined,
  options: ServeOptions,
  routes: Routes,
  upgrade?: Upgrade,
): Server {
  const subscribers = new Subscribers()
  const answer = router(folder, options, subscribers, routes)
  const server = options.certificate
    ? https.createServer(options.certificate)
    : http.createServer()

  // Between two polls a connection is idle. HTTP tells the client how long it
  // may be so in whole seconds; none would mean a new connection for each poll.
  const idleMs = 2 * (options.heartbeatMs ?? 15_000)
  server.keepAliveTimeout = Math.max(idleMs, 1_000)
  server.on('request', (request, response) => {
    response.once('close', () => {
      if (subscribers.closing) request.socket.end()
    })
    answer(request, response)
  })
  if (upgrade) {
    server.on('upgrade', (request, socket, head) => {
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
    })
  }
  server.on('clientError', (error: BrokenRequest, socket: Duplex) => {
    // Gone, or answered already: more of the same comes with every chunk.
    if (!socket.writable) return
    const refusal = explain(error)
    options.log?.(refusal.message)
    refuseConnection(socket, refusal)
  })
  if (options.certificate) explainTls(server, options.log)
  endOnClose(server, () => subscribers.endAll())
  return server
}

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
