// What the tests of lessons over HTTP/2 share: a server, and a session with it.

import http2, { type Settings } from 'node:http2'

import { makeCertificate } from './certificate.ts'
import { Feed } from './feed.ts'
import type { Lesson } from './lesson.ts'
import { type StartOptions, startServer } from './start.ts'

export const certificate = await makeCertificate()

/** A server whose feed `test` has published "1", "2", …, and a session with it. */
export async function startWithSession(
  lesson: Lesson,
  count = 0,
  options: StartOptions = {},
  settings: Settings = {},
) {
  const { feed = new Feed({ name: 'test' }) } = options
  for (let n = 1; n <= count; n++) feed.publish(String(n))
  const started = await startServer(lesson, { certificate, ...options, feed })
  const { url, ca, server, close } = started
  const session = http2.connect(url.origin, { ca, settings })
  session.on('error', () => {}) // 'close' follows.
  return {
    feed,
    url,
    ca,
    server,
    session,
    close,
    async [Symbol.asyncDispose]() {
      session.destroy()
      await close()
    },
  }
}
