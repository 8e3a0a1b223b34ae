// The server around a lesson's sessions: HTTP/3 on UDP, and on TCP of the same
// number the page, and the hash of the certificate that a page has to know.

import { maxHeaderSize } from 'node:http'

import type { LessonServer, ServeOptions } from '../lesson.ts'
import { httpServer } from '../shared/http-server.ts'
import { refuseForeign } from '../shared/origin.ts'
import { Refusal } from '../shared/refusal.ts'
import { longHeaders, notFound, pathOf, type Routes } from '../shared/router.ts'
import { Subscribers } from '../shared/subscribers.ts'
import { accept, refuse } from './answer.ts'
import { codeName, codes } from './http3/errors.ts'
import {
  type Exchange,
  Http3Connection,
  maxSessions,
} from './http3/http3-connection.ts'
import type { Headers } from './http3/message.ts'
import type { WebTransportSession } from './http3/web-transport-session.ts'
import { noticeDeath } from './notice-death.ts'
import { QuicServer } from './quic/quic-server.ts'
import { tcpAndUdp } from './tcp-and-udp.ts'

/**
 * Looks at a request for a session, which is open when the function that it
 * returns is called.
 *
 * @throws Refusal to answer with a reason instead
 */
export type OnSession = (request: {
  url: string
}) => (session: WebTransportSession, gone: AbortSignal) => unknown

/**
 * @param folder the lesson's folder, as `import.meta.url` of a file in it;
 *   undefined for a server without a page
 * @param routes of plain HTTP, over TCP
 * @throws Error when there is no QUIC on this machine, or no certificate
 */
export function webTransportServer(
  folder: string | undefined,
  options: ServeOptions,
  routes: Routes,
  onSession: OnSession,
): LessonServer {
  const { certificate, heartbeatMs = 15_000, log = () => {} } = options
  if (certificate === undefined)
    throw new Error('QUIC is always encrypted: options.certificate is missing.')
  const subscribers = new Subscribers()
  const connections = new Set<Http3Connection>()
  const quicServer = new QuicServer({ certificate, idleMs: 2 * heartbeatMs })

  quicServer.on('connection', (quic) => {
    const http3 = new Http3Connection(quic)
    connections.add(http3)
    quic.once('close', () => connections.delete(http3))
    noticeDeath(quic, heartbeatMs)
    http3.on('request', (exchange) => take(http3, exchange))
    http3.on('broken', ({ code, message }) =>
      log(`A client broke the rules, ${codeName(code)}: ${message}.`),
    )
    http3.on('fault', (error) => log(String(Object(error).stack ?? error)))
  })

  async function take(http3: Http3Connection, exchange: Exchange) {
    try {
      const open = check(exchange.headers, http3.sessionCount)
      accept(exchange)
      const session = http3.openSession(exchange)
      exchange.stream.once('close', () => {
        if (subscribers.closing) leave(http3)
      })
      await open(session, subscribers.add(session))
    } catch (error) {
      if (error instanceof Refusal) refuse(exchange, error)
      else http3.fail(error)
    }
  }

  /** @throws Refusal */
  function check(headers: Headers, sessions: number) {
    const { ':method': method, ':protocol': protocol, ':path': url } = headers
    if (JSON.stringify(headers).length > maxHeaderSize) throw longHeaders()
    const host = headers[':authority'] ?? headers.host
    refuseForeign(host, headers.origin, options)
    const path = pathOf({ url })
    if (path !== '/messages' || url === undefined) throw notFound(path)
    if (method !== 'CONNECT' || protocol !== 'webtransport')
      throw new Refusal(405, 'HTTP/3 is for WebTransport only here.')
    if (sessions >= maxSessions)
      throw new Refusal(
        429,
        `A connection may have ${maxSessions} sessions. Close one, or connect anew.`,
      )
    return onSession({ url })
  }

  /** Lets a connection go when its last session has ended. */
  function leave({ quic, sessionCount }: Http3Connection): void {
    if (sessionCount === 0) quic.close(codes.H3_NO_ERROR)
  }

  const tcp = httpServer(folder, { ...options, certificate: undefined }, routes)
  return tcpAndUdp(tcp, quicServer, () => {
    for (const http3 of connections) http3.goAway()
    subscribers.endAll()
    for (const http3 of connections) leave(http3)
  })
}
