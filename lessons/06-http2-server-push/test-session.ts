// A client of this lesson's server, for its tests.

import http2, {
  type ClientHttp2Session,
  type IncomingHttpHeaders,
  type SecureClientSessionOptions,
} from 'node:http2'
import { text } from 'node:stream/consumers'

import { makeCertificate } from '../certificate.ts'
import { Feed } from '../feed.ts'
import { type StartOptions, startServer } from '../start.ts'
import { event } from '../testing.ts'
import lesson from './index.ts'

const certificate = await makeCertificate()

/** A server whose feed `test` has published "1", "2", …, and a session with it. */
export async function start(
  count = 0,
  settings: SecureClientSessionOptions['settings'] = {},
  options: StartOptions = {},
) {
  const feed = new Feed({ name: 'test' })
  for (let n = 1; n <= count; n++) feed.publish(String(n))
  const server = await startServer(lesson, { certificate, feed, ...options })
  const { url, ca, close } = server
  const session = http2.connect(url.origin, { ca, settings })
  session.on('error', () => {}) // 'close' follows.
  return {
    feed,
    url,
    ca,
    session,
    close,
    async [Symbol.asyncDispose]() {
      session.destroy()
      await close()
    },
  }
}

/** The status and the body of an ordinary answer. */
export async function get(session: ClientHttp2Session, path: string) {
  const stream = session.request({ ':path': path })
  const [headers] = (await event(stream, 'response')) as [IncomingHttpHeaders]
  return { headers, status: headers[':status'], body: await text(stream) }
}
