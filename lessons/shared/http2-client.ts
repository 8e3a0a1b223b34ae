// Requests over HTTP/2: what `http-client.ts` is for HTTP/1.1.

import http2, {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type ClientSessionRequestOptions,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type Settings,
} from 'node:http2'
import { text } from 'node:stream/consumers'

import type { SubscribeOptions } from '../lesson.ts'
import { beforeDeadline } from './alive.ts'
import { connectionError } from './connection-error.ts'
import { trust } from './http-client.ts'
import { refused } from './refused.ts'

/** How long a server may take to begin its answer. */
export const answerMs = 10_000

/** A session that ends when the subscription's signal aborts. */
export function connected(
  url: URL,
  { signal, ca }: SubscribeOptions,
  settings: Settings = {},
): ClientHttp2Session {
  const session = http2.connect(url.origin, { ...trust(ca), settings })
  session.on('error', () => {}) // Every stream of it reports it as well.
  const leave = () => breakOff(session)
  signal?.addEventListener('abort', leave)
  session.once('close', () => signal?.removeEventListener('abort', leave))
  if (signal?.aborted) session.destroy()
  return session
}

/** Ends a session at once, but not in the midst of a frame: Node 20 has ended its process over that. */
export function breakOff(session: ClientHttp2Session): void {
  setImmediate(() => session.destroy())
}

/** Lets so many bytes be on their way on the whole connection, once there is one. */
export function openWindow(session: ClientHttp2Session, bytes: number): void {
  session.once('connect', () => {
    // It ends before it tells so, and would throw.
    if (!session.destroyed) session.setLocalWindowSize(bytes)
  })
}

/** @throws ConnectionError when the session has ended already */
export function ask(
  session: ClientHttp2Session,
  headers: OutgoingHttpHeaders,
  options?: ClientSessionRequestOptions,
): ClientHttp2Stream {
  try {
    return session.request(headers, options)
  } catch (error) {
    throw connectionError(error)
  }
}

/**
 * The headers of the answer, if it begins in time.
 *
 * @throws SubscribeError for a status of 400 and above
 * @throws ConnectionError when there is no answer
 */
export function opened(
  url: URL,
  stream: ClientHttp2Stream,
): Promise<IncomingHttpHeaders> {
  return beforeDeadline(answered(url, stream), answerMs)
}

/**
 * The headers of the final answer, however long the server thinks.
 *
 * @throws as `opened`
 */
export function answered(
  url: URL,
  stream: ClientHttp2Stream,
): Promise<IncomingHttpHeaders> {
  return new Promise((resolve, reject) => {
    stream.once('error', (error) => reject(connectionError(error)))
    stream.once('close', () => reject(connectionError('the stream closed')))
    stream.once('response', async (headers) => {
      const status = headers[':status'] ?? 0
      if (status < 400) return resolve(headers)
      const reason = await text(stream).catch(() => '')
      reject(refused(url, status, reason, (name) => headers[name]?.toString()))
    })
  })
}

/** Publishes one message with POST. @throws SubscribeError, ConnectionError */
export async function post(
  url: URL,
  data: string,
  options: SubscribeOptions,
): Promise<void> {
  const session = connected(url, options)
  try {
    const stream = ask(session, {
      ':method': 'POST',
      ':path': '/messages',
      'content-type': 'text/plain; charset=utf-8',
    })
    stream.end(data)
    await opened(url, stream)
  } finally {
    session.close()
  }
}
