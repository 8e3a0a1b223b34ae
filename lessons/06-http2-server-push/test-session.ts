// A client of this lesson's server, for its tests.

import type {
  ClientHttp2Session,
  IncomingHttpHeaders,
  Settings,
} from 'node:http2'
import { text } from 'node:stream/consumers'

import { startWithSession } from '../http2-testing.ts'
import type { StartOptions } from '../start.ts'
import { event } from '../testing.ts'
import lesson from './index.ts'

export function start(
  count = 0,
  settings: Settings = {},
  options: StartOptions = {},
) {
  return startWithSession(lesson, count, options, settings)
}

/** The status and the body of an ordinary answer. */
export async function get(session: ClientHttp2Session, path: string) {
  const stream = session.request({ ':path': path })
  const [headers] = (await event(stream, 'response')) as [IncomingHttpHeaders]
  return { headers, status: headers[':status'], body: await text(stream) }
}
