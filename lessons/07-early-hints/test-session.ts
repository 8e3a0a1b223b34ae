// A client of this lesson's server, for its tests.

import type {
  ClientHttp2Session,
  ClientHttp2Stream,
  IncomingHttpHeaders,
} from 'node:http2'

import { startWithSession } from '../http2-testing.ts'
import type { StartOptions } from '../start.ts'
import lesson from './index.ts'

export { certificate } from '../http2-testing.ts'

export function start(count = 0, options: StartOptions = {}) {
  return startWithSession(lesson, count, options)
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
