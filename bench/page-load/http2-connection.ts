// HTTP/2 as a browser would speak it that still took pushes.

import { once } from 'node:events'
import http2, {
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
  type IncomingHttpStatusHeader,
} from 'node:http2'
import { buffer } from 'node:stream/consumers'

import { breakOff, openWindow } from '../../lessons/shared/http2-client.ts'
import type { ConnectOptions } from './http1-connection.ts'
import { type Answer, answered, type Connection } from './visit.ts'

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
  openWindow(session, windows.connection)
  session.on('error', () => {}) // Every stream of it reports it as well.
  const leave = () => breakOff(session)
  signal.addEventListener('abort', leave)
  const promised = new Map<string, Promise<Answer>>()
  session.on('stream', (pushed: ClientHttp2Stream, { ':path': path = '' }) => {
    const answer = answerOf(pushed, 'push')
    answer.catch(() => {}) // Whoever takes it is told.
    promised.set(path, answer)
  })

  return {
    async get(path, onLink) {
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
      return answerOf(stream, 'response')
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
      breakOff(session)
      await closed
    },
  }
}

async function answerOf(
  stream: ClientHttp2Stream,
  head: 'response' | 'push',
): Promise<Answer> {
  const [headers, body] = await Promise.all([
    headOf(stream, head),
    buffer(stream),
  ])
  const { ':status': status, 'cache-control': cacheControl } = headers
  return answered(status, cacheControl, body)
}

function headOf(
  stream: ClientHttp2Stream,
  head: 'response' | 'push',
): Promise<IncomingHttpHeaders & IncomingHttpStatusHeader> {
  return new Promise((resolve, reject) => {
    stream.once(head, resolve)
    stream.once('error', reject)
    // A session that ends takes its streams along, without an error.
    stream.once('close', () => reject(new Error('The stream was closed.')))
  })
}
