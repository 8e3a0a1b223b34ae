// The HTTP/1.1 server around a lesson's subscription.

import http, { type IncomingMessage, type Server } from 'node:http'
import https from 'node:https'
import type { Duplex } from 'node:stream'

import type { ServeOptions } from '../lesson.ts'
import { endOnClose } from './closing.ts'
import { refuseForeign } from './origin.ts'
import { Refusal } from './refusal.ts'
import { type Routes, router } from './router.ts'
import { Subscribers } from './subscribers.ts'
import { explainPlainHttp } from './tls.ts'

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
 * @param folder the lesson's folder, as `import.meta.url` of a file in it
 */
export function httpServer(
  folder: string,
  options: ServeOptions,
  routes: Routes,
  upgrade?: Upgrade,
): Server {
  const subscribers = new Subscribers()
  const answer = router(folder, options, subscribers, routes)
  const server = options.certificate
    ? https.createServer(options.certificate)
    : http.createServer()

  // The connection of a client that polls may be idle between two polls.
  server.keepAliveTimeout = 2 * (options.heartbeatMs ?? 15_000)
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
        refuseForeign(host, origin, options.hosts)
        upgrade(request, socket, head, subscribers.add(socket))
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        refuseUpgrade(socket, error)
      }
    })
  }
  server.on('clientError', (error: BrokenRequest, socket: Duplex) => {
    const refusal = explain(error)
    options.log?.(refusal.message)
    refuseUpgrade(socket, refusal)
  })
  explainPlainHttp(server, options.log)
  endOnClose(server, () => subscribers.endAll())
  return server
}

/** Answers on a connection that has no response object. */
function refuseUpgrade(socket: Duplex, { status, headers, message }: Refusal) {
  if (!socket.writable) return socket.destroy()
  const lines = [
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}`,
    'content-type: text/plain; charset=utf-8',
    `content-length: ${Buffer.byteLength(message) + 1}`,
    'connection: close',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${message}\n`)
}

type BrokenRequest = NodeJS.ErrnoException & { rawPacket?: Buffer }

/** What was wrong with bytes that are no HTTP/1.1 request. */
function explain({ code, rawPacket, message }: BrokenRequest): Refusal {
  if (code === 'HPE_HEADER_OVERFLOW')
    return new Refusal(
      431,
      `The headers of a request must fit ${http.maxHeaderSize} bytes, got more. Send fewer or shorter ones.`,
    )
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
