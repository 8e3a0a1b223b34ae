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
import { every } from './every.ts'
import { type Routes, router } from './router.ts'
import { Subscribers } from './subscribers.ts'
import { explainTls } from './tls.ts'

/**
 * A server with the lesson's page, its own routes, and a clear refusal for all
 * else. With a certificate it speaks TLS; without, only clients that know
 * beforehand that it speaks HTTP/2 can talk to it, and browsers never do.
 *
 * @param folder the lesson's folder, as `import.meta.url` of a file in it
 * @param settings of `node:http2`: with `allowHTTP1` clients that know no HTTP/2
 *   are served on the same port, by the same routes
 */
export function http2Server(
  folder: string,
  options: ServeOptions,
  routes: Routes<Http2ServerRequest, Http2ServerResponse>,
  settings: SecureServerOptions = {},
): Http2Server | Http2SecureServer {
  const { heartbeatMs = 15_000, certificate, log = () => {} } = options
  const subscribers = new Subscribers()
  const server = certificate
    ? http2.createSecureServer({ ...settings, ...certificate })
    : http2.createServer(settings)

  server.on('request', router(folder, options, subscribers, routes))
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
  endOnClose(server, () => subscribers.endAll())
  return server
}

/**
 * Sends a PING every `heartbeatMs`, and breaks the connection when it is not
 * answered by the next one.
 * https://www.rfc-editor.org/rfc/rfc9113.html#section-6.7
 */
function pingPeer(
  session: ServerHttp2Session,
  heartbeatMs: number,
  gone: AbortSignal,
): void {
  let answered = true
  every(heartbeatMs, gone, () => {
    // It may be destroyed for a while before it tells so: `ping` would throw.
    if (session.destroyed) return
    if (!answered) return session.destroy()
    answered = false
    session.ping((error) => {
      answered = error === null
    })
  })
}
