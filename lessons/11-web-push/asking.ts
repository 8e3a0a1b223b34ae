import type { ClientHttp2Session } from 'node:http2'
import { buffer } from 'node:stream/consumers'

import { alive } from '../shared/alive.ts'
import { ConnectionError } from '../shared/connection-error.ts'
import { ask, opened } from '../shared/http2-client.ts'
import type { Wire } from './user-agent.ts'

/**
 * Requests on one session.
 *
 * @param limitMs how long an answer that has begun may be silent
 */
export function asking(
  session: ClientHttp2Session,
  url: URL,
  limitMs: number,
): Wire['ask'] {
  return async (method, path, body) => {
    const stream = ask(session, { ':method': method, ':path': path })
    stream.end(body)
    const headers = await opened(url, stream)
    const bytes = await buffer(alive(stream, limitMs, () => stream.close()))
    const length = headers['content-length'] ?? bytes.length
    // A stream that breaks with its connection may end without an error.
    if (Number(length) !== bytes.length)
      throw new ConnectionError(`the answer to ${method} broke off`)
    return {
      header: (name) => headers[name]?.toString(),
      text: bytes.toString(),
    }
  }
}
