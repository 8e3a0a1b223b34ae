// The figures have a port of their own: they are not for those who may listen,
// and must be there when the other one takes nobody any more.

import http from 'node:http'

import type { Registry } from 'prom-client'

/** Answers `GET /metrics`. */
export function metricsServer(registry: Registry): http.Server {
  return http.createServer(async ({ url }, response) => {
    if (url !== '/metrics') {
      response.writeHead(404).end('There is /metrics here, and nothing else.\n')
      return
    }
    response.setHeader('content-type', registry.contentType)
    response.end(await registry.metrics())
  })
}
