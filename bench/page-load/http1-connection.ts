// HTTP/1.1 as browsers speak it: up to six connections to a server, each with
// one request at a time.

import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import https from 'node:https'
import { buffer } from 'node:stream/consumers'

import { answered, type Connection } from './visit.ts'

export interface ConnectOptions {
  /** The certificate (PEM) to trust. */
  readonly ca: string
  readonly signal: AbortSignal
}

export function http1Connection(
  url: URL,
  { ca, signal }: ConnectOptions,
): Connection {
  const agent = new https.Agent({ keepAlive: true, maxSockets: 6, ca })
  return {
    async get(path, onLink) {
      const request = https.get(new URL(path, url), { agent, signal })
      request.on('information', ({ headers: { link } }) => {
        if (link !== undefined) onLink(String(link))
      })
      const [response] = (await once(request, 'response', { signal })) as [
        IncomingMessage,
      ]
      const { statusCode, headers } = response
      if (headers.link !== undefined) onLink(String(headers.link))
      const body = await buffer(response)
      return answered(statusCode, headers['cache-control'], body)
    },
    leftovers: async () => new Map(),
    async [Symbol.asyncDispose]() {
      agent.destroy()
    },
  }
}
