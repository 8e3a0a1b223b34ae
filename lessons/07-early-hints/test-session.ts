// A client of this lesson's server, for its tests.

import http2, {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
} from 'node:http2'

import { makeCertificate } from '../certificate.ts'
import { Feed } from '../feed.ts'
import { type StartOptions, startServer } from '../start.ts'
import lesson from './index.ts'

export const certificate = await makeCertificate()

/** A server whose feed `test` has published "1", "2", …, and a session with it. */
export async function start(count = 0, options: StartOptions = {}) {
  const feed = new Feed({ name: 'test' })
  for (let n = 1; n <= count; n++) feed.publish(String(n))
  const server = await startServer(lesson, { certificate, feed, ...options })
  const { url, ca, close } = server
  const session = http2.connect(url.origin, { ca })
  session.on('error', () => {}) // 'close' follows.
  return {
    feed,
    url,
    ca,
    session,
    server: server.server,
    close,
    async [Symbol.asyncDispose]() {
      session.destroy()
      await close()
    },
  }
}

/** A request, and what came for it: `103`s and the final status with their headers. */
export function request(
  session: ClientHttp2Session,
  path: string,
  headers: Record<string, string> = {},
) {
  const stream: ClientHttp2Stream = session.request({
    ':path': path,
    ...headers,
  })
  const came: string[] = []
  let body = ''
  const keep = ({ ':status': status, link, etag }: IncomingHttpHeaders) => {
    came.push([status, link ?? etag].join(' ').trim())
  }
  stream.on('headers', keep).on('response', keep)
  stream.on('error', () => {}) // Some are broken on purpose.
  stream.setEncoding('utf8').on('data', (chunk) => {
    body += chunk
  })
  return {
    stream,
    came,
    get body() {
      return body
    },
  }
}
