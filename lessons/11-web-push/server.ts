// Web Push, server side. Two servers that know nothing of each other share a
// port here: the application's, and the push service that a vendor would run.

import type { AddressInfo } from 'node:net'

import type { Feed } from '../feed.ts'
import type { LessonServer, ServeOptions } from '../lesson.ts'
import { endOnClose } from '../shared/closing.ts'
import { http2Server } from '../shared/http2-server.ts'
import { script } from '../shared/page-assets.ts'
import { publishRoute } from '../shared/router.ts'
import { applicationServer } from './application-server.ts'
import { pushService } from './push-service.ts'
import { sender } from './sender.ts'
import { loadVapidKeys } from './vapid-keys.ts'

/** @throws Error without a certificate: `web-push` posts over TLS only */
export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000, certificate, log = () => {} } = options
  if (certificate === undefined)
    throw new Error('Web Push needs TLS. Pass a certificate.')
  const keys = loadVapidKeys()
  const ending = new AbortController()
  const closing = ending.signal
  const origin = () => originOf(server.address() as AddressInfo)
  const worker = script(new URL('service-worker.ts', import.meta.url))
  const own = { origin, ca: certificate.cert }

  const routes = {
    ...publishRoute(feed, options),
    ...pushService({ origin, heartbeatMs, closing }),
    ...applicationServer({
      feed,
      keys,
      origin,
      log,
      closing,
      send: sender({ keys, own, log, closing }),
    }),
    async 'GET /service-worker.js'(_request, response) {
      response.writeHead(200, { 'content-type': worker.type })
      response.end(await worker.read())
    },
  } satisfies Parameters<typeof http2Server>[2]

  // `web-push` speaks HTTP/1.1; everybody else here speaks HTTP/2.
  const server = http2Server(import.meta.url, options, routes, {
    allowHTTP1: true,
  })
  endOnClose(server, () => ending.abort())
  return server
}

/** Where a program on this machine reaches a server that listens on `address`. */
function originOf({ address, family, port }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::')
    return `https://127.0.0.1:${port}`
  return `https://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}
