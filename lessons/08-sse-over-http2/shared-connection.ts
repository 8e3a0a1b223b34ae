// Requests on one connection: opened by the first, closed with the last, and
// passed over when it is full, dead or told to go away.

import {
  type ClientHttp2Stream,
  constants,
  type OutgoingHttpHeaders,
} from 'node:http2'

import type { SubscribeOptions } from '../lesson.ts'
import { ask } from '../shared/http2-client.ts'
import { SessionPool } from '../shared/session-pool.ts'

/** All subscriptions of this program share it. */
const pool = new SessionPool(1024 * 1024)

// #region stream
/**
 * Sends a request on the connection to its server, or on a new one when there is
 * none that has room. Aborting `signal` ends this stream, and no other.
 *
 * @throws ConnectionError when the connection has ended in this moment
 */
export function streamTo(
  url: URL,
  options: SubscribeOptions,
  headers: OutgoingHttpHeaders,
): ClientHttp2Stream {
  const lease = pool.lease(url, options)
  const request = { ':path': `${url.pathname}${url.search}`, ...headers }
  try {
    const { signal } = options
    const stream = ask(lease.session, request, { signal })
    stream.on('error', () => {}) // Whoever reads the stream is told as well.
    stream.once('close', lease.release)
    return stream
  } catch (error) {
    lease.release()
    throw error
  }
}
// #endregion stream

/** Ends a stream, and no other of its connection: RST_STREAM, if the server has not ended it. */
export function cancel(stream: ClientHttp2Stream): void {
  stream.close(constants.NGHTTP2_CANCEL)
  // What nobody reads any more would keep it open.
  stream.destroy()
}
