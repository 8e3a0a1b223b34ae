// HTTP/2 as a browser would speak it that still took pushes.

import { once } from 'node:events'
import http2, {
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
} from 'node:http2'
import { buffer } from 'node:stream/consumers'

import type { ConnectOptions } from './http1-connection.ts'
import type { Answer, Connection } from './visit.ts'

/**
 * What Chromium announces: with the 64 KiB that are usual elsewhere, a page of
 * 100 kB would wait for room, and that is not what is measured.
 */
const windows = { stream: 6_291_456, connection: 15_728_640 }

export function http2Connection(
  url: URL,
  { ca, signal }: ConnectOptions,
): Connection {
  const session = http2.connect(url, {
    ca,
    settings: { enablePush: true, initialWindowSize: windows.stream },
  })
  session.once('connect', () => session.setLocalWindowSize(windows.connection))
  session.on('error', () => {}) // Every stream of it reports it as well.
  const leave = () => session.destroy()
  signal.addEventListener('abort', leave)
  const promised = new Map<string, Promise<Answer>>()
  session.on('stream', (pushed: ClientHttp2Stream, { ':path': path = '' }) => {
    const answer = answerOf(pushed, 'push', signal)
    answer.catch(() => {}) // Whoever takes it is told.
    promised.set(path, answer)
  })

  return {
    get(path, onLink) {
      const pushed = promised.get(path)
      if (pushed) {
        promised.delete(path)
        return pushed
      }
      const stream = session.request({ ':path': path })
      const tell = ({ link }: IncomingHttpHeaders) => {
        if (link !== undefined) onLink(String(link))
      }
      stream.on('headers', tell) // of a 103
      stream.on('response', tell)
      return answerOf(stream, 'response', signal)
    },
    async leftovers() {
      const all = [...promised].map(
        async ([path, answer]) => [path, await answer] as const,
      )
      return new Map(await Promise.all(all))
    },
    async [Symbol.asyncDispose]() {
      signal.removeEventListener('abort', leave)
      if (session.destroyed) return
      const closed = once(session, 'close')
      session.destroy()
      await closed
    },
  }
}

async function answerOf(
  stream: ClientHttp2Stream,
  head: 'response' | 'push',
  signal: AbortSignal,
): Promise<Answer> {
  const [[headers], body] = (await Promise.all([
    once(stream, head, { signal }),
    buffer(stream),
  ])) as [[IncomingHttpHeaders], Buffer]
  return { cacheControl: headers['cache-control'], body }
}
