// The HTTP/2 server around a lesson's subscription.

import http2, {
  type Http2SecureServer,
  type Http2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type SecureServerOptions,
  type ServerHttp2Session,
} from 'node:http2'

import type { ServeOptions } from '../lesson.ts'
import { endOnClose } from './closing.ts'
import { serveHttp1, type Upgrade } from './http1.ts'
import { pingPeer } from './http2-ping.ts'
import { type Routes, router } from './router.ts'
import { Subscribers } from './subscribers.ts'
import { explainTls } from './tls.ts'

export type Http2Routes = Routes<Http2ServerRequest, Http2ServerResponse>

/**
 * A server with the lesson's page, its own routes, and a clear refusal for all
 * else. With a certificate it speaks TLS; without, only clients that know
 * beforehand that it speaks HTTP/2 can talk to it, and browsers never do.
 *
 * @param folder the lesson's folder, as `import.meta.url` of a file in it
 * @param routes a route such as `CONNECT /messages` takes a stream out of HTTP,
 *   as an upgrade does with a connection: RFC 8441. Its client has to be told,
 *   by the setting `enableConnectProtocol`
 * @param settings of `node:http2`: with `allowHTTP1` clients that know no HTTP/2
 *   are served on the same port, by the same routes
 * @param upgrade takes those clients' upgrades of `/messages`
 */
export function http2Server(
  folder: string,
  options: ServeOptions,
  routes: Http2Routes,
  settings: SecureServerOptions = {},
  upgrade?: Upgrade,
): Http2Server | Http2SecureServer {
  const { heartbeatMs = 15_000, certificate, drainMs } = options
  const { log = () => {} } = options
  const subscribers = new Subscribers()
  const server = certificate
    ? http2.createSecureServer({ ...settings, ...certificate })
    : http2.createServer(settings)

  const answer = router(folder, options, subscribers, routes)
  if (settings.allowHTTP1) serveHttp1(server, options, subscribers, upgrade)
  server.on('request', answer)
  server.on('connect', (request: Http2ServerRequest, response) => {
    if (request.httpVersionMajor > 1) answer(request, response)
  })
  server.on('session', (session: ServerHttp2Session) => {
    const gone = subscribers.add(session)
    // GOAWAY: streams that are open go on to their end, new ones go elsewhere.
    gone.addEventListener('abort', () => session.close())
    pingPeer(session, heartbeatMs, gone)
  })
  server.on('sessionError', ({ message }: Error) => {
    log(`A connection broke the rules of HTTP/2: ${message}`)
  })
  if (certificate) explainTls(server, log)
  endOnClose(server, () => subscribers.endAll(drainMs), drainMs)
  return server
}
