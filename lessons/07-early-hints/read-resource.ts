import type { ClientHttp2Session } from 'node:http2'
import { buffer } from 'node:stream/consumers'

import { SubscribeError } from '../lesson.ts'
import { alive } from '../shared/alive.ts'
import { ConnectionError, connectionError } from '../shared/connection-error.ts'
import { ask, opened } from '../shared/http2-client.ts'

/**
 * The text of a resource as it is: a byte order mark at its start is data.
 *
 * @param limitMs how long the server may be silent
 * @throws ConnectionError when it breaks off, or is not there any more
 */
export async function readResource(
  session: ClientHttp2Session,
  url: URL,
  limitMs: number,
): Promise<string> {
  try {
    const stream = ask(session, { ':path': url.pathname })
    const { 'content-length': length } = await opened(url, stream)
    const close = () => stream.close()
    const bytes = await buffer(alive(stream, limitMs, close))
    // A stream that breaks with its connection may end here without an error.
    if (length !== String(bytes.length))
      throw new ConnectionError('the answer broke off')
    return bytes.toString()
  } catch (error) {
    const isGone = error instanceof SubscribeError && error.status === 404
    // The history outlived it on the way here. The next connection tells how
    // much is lost.
    throw isGone ? connectionError(error) : error
  }
}
