// A server of this lesson and sessions with it, for the tests.

import type { ClientHttp2Session } from 'node:http2'

import { startWithSession } from '../http2-testing.ts'
import { connectionsOf } from '../shared/connections.ts'
import type { StartOptions } from '../start.ts'
import lesson from './index.ts'

export async function start(count = 0, options: StartOptions = {}) {
  const started = await startWithSession(lesson, count, options)
  return {
    ...started,
    /** The connections of the server from now on; not that of `session`, once it is connected. */
    connections: connectionsOf(started.server),
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
