// A server of this lesson and sessions with it, for the tests.

import http2, { type ClientHttp2Session } from 'node:http2'

import { makeCertificate } from '../certificate.ts'
import { Feed } from '../feed.ts'
import type { LessonServer } from '../lesson.ts'
import { connectionsOf } from '../shared/connections.ts'
import { type StartOptions, startServer } from '../start.ts'
import lesson from './index.ts'

const certificate = await makeCertificate()

/** A server whose feed `test` has published "1", "2", …, and a session with it. */
export async function start(count = 0, options: StartOptions = {}) {
  const { feed = new Feed({ name: 'test' }) } = options
  for (let n = 1; n <= count; n++) feed.publish(String(n))
  const server = await startServer(lesson, { certificate, ...options, feed })
  const { url, ca, close } = server
  const session = http2.connect(url.origin, { ca })
  session.on('error', () => {}) // 'close' follows.
  return {
    feed,
    url,
    ca,
    session,
    close,
    server: server.server,
    /** The connections of the server from now on; not that of `session`, once it is connected. */
    connections: connectionsOf(server.server as Pick<LessonServer, 'on'>),
    async [Symbol.asyncDispose]() {
      session.destroy()
      await close()
    },
  }
}

/** What an answer that goes on has brought so far. */
export function follow(
  session: ClientHttp2Session,
  path: string,
  headers: Record<string, string> = {},
) {
  const stream = session.request({ ':path': path, ...headers })
  const got = { stream, text: '', head: {} as Record<string, unknown> }
  stream.on('error', () => {}) // 'close' follows.
  stream.on('response', (head) => {
    got.head = head
  })
  stream.setEncoding('utf8').on('data', (chunk) => {
    got.text += chunk
  })
  return got
}
