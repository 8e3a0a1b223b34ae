// The figures have a port of their own: they are not for those who may listen,
// and must be there when the other one takes nobody any more.

import http from 'node:http'

import type { Registry } from 'prom-client'

import { refuse } from '../../shared/router.ts'

/** Answers `GET /metrics`. */
export function metricsServer(registry: Registry): http.Server {
  return http.createServer(async ({ url }, response) => {
    if (url !== '/metrics') {
      response.writeHead(404).end('There is /metrics here, and nothing else.\n')
      return
    }
    try {
      const text = await registry.metrics()
      response.setHeader('content-type', registry.contentType)
      response.end(text)
    } catch (error) {
      // Figures that fail must not end the server that they are about.
      refuse(response, error)
    }
  })
}
