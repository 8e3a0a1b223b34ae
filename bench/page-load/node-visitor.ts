// A visitor of our own: what a browser does, as far as it changes what is asked
// for and when. It also takes pushes, which no browser does any more.

import { http1Connection } from './http1-connection.ts'
import { http2Connection } from './http2-connection.ts'
import { pageFiles } from './page.ts'
import { type Cache, visit } from './visit.ts'
import { deadlineMs, type Visitor, type VisitorOptions } from './visitor.ts'

export function openNode({
  protocol,
  ca,
}: Omit<VisitorOptions, 'client'>): Visitor {
  const connect = protocol === 'h2' ? http2Connection : http1Connection
  const expected = pageFiles()
  const caches = new Map<string, Cache>()
  return {
    async visit(url) {
      const cache: Cache = caches.get(url.origin) ?? new Map()
      caches.set(url.origin, cache)
      const signal = AbortSignal.timeout(deadlineMs)
      await using connection = connect(url, { ca, signal })
      return await visit(connection, cache, expected)
    },
    async [Symbol.asyncDispose]() {},
  }
}
