// The HTTP/1.1 server around a lesson's subscription.

import http, { type Server } from 'node:http'
import https from 'node:https'

import type { ServeOptions } from '../lesson.ts'
import { endOnClose } from './closing.ts'
import { serveHttp1, type Upgrade } from './http1.ts'
import { type Routes, router } from './router.ts'
import { Subscribers } from './subscribers.ts'
import { explainTls } from './tls.ts'

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
  const server = options.certificate
    ? https.createServer(options.certificate)
    : http.createServer()

  serveHttp1(server, options, subscribers, upgrade)
  server.on('request', router(folder, options, subscribers, routes))
  if (options.certificate) explainTls(server, options.log)
  const { drainMs } = options
  endOnClose(server, () => subscribers.endAll(drainMs), drainMs)
  return server
}
