// One connection for all requests to a server: opened by the first, closed with
// the last, and passed over when it is full, dead or told to go away.

import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  constants,
  type OutgoingHttpHeaders,
} from 'node:http2'

import type { SubscribeOptions } from '../lesson.ts'
import { ask, breakOff, connected } from '../shared/http2-client.ts'

interface Connection {
  /** The server, and the certificate that is trusted for it. */
  readonly to: string
  readonly session: ClientHttp2Session
  /** How many of its streams are open. */
  streams: number
  /** How many the server allows. */
  limit: number
}

/**
 * What a client assumes until the server has named its limit: "It is recommended
 * that this value be no smaller than 100".
 * https://www.rfc-editor.org/rfc/rfc9113.html#section-6.5.2
 */
const assumedLimit = 100

/**
 * How much may be on its way: on each stream, and on the connection. HTTP/2
 * begins with 64 KiB for all streams together, which is what they then get in
 * one round trip.
 * https://www.rfc-editor.org/rfc/rfc9113.html#section-6.9.2
 */
const windowBytes = 1024 * 1024

/** Those that take new streams. */
const connections = new Set<Connection>()

// #region stream
/**
 * Sends a request on the connection to its server, or on a new one when there is
 * none that has room. Aborting `signal` ends this stream, and no other.
 *
 * @throws ConnectionError when the connection has ended in this moment
 */
export function streamTo(
  url: URL,
  { signal, ca }: SubscribeOptions,
  headers: OutgoingHttpHeaders,
): ClientHttp2Stream {
  const connection = withRoom(url, ca)
  const request = { ':path': `${url.pathname}${url.search}`, ...headers }
  const stream = ask(connection.session, request, { signal })
  connection.streams++
  stream.on('error', () => {}) // Whoever reads the stream is told as well.
  stream.once('close', () => {
    connection.streams--
    if (connection.streams > 0) return
    connections.delete(connection)
    breakOff(connection.session)
  })
  return stream
}

function withRoom({ origin }: URL, ca: string | undefined): Connection {
  const to = `${origin} ${ca}`
  for (const connection of connections)
    if (connection.to === to && hasRoom(connection)) return connection
  return open(to, origin, ca)
}

/** A session is closed, for new streams, as soon as the server has said GOAWAY. */
function hasRoom({ session, streams, limit }: Connection): boolean {
  return !session.closed && !session.destroyed && streams < limit
}
// #endregion stream

function open(to: string, origin: string, ca: string | undefined): Connection {
  // Not with a subscription's signal: the connection outlives the first one.
  const settings = { initialWindowSize: windowBytes }
  const session = connected(new URL(origin), { ca }, settings)
  session.once('connect', () => session.setLocalWindowSize(windowBytes))
  const connection = { to, session, streams: 0, limit: assumedLimit }
  session.on('remoteSettings', ({ maxConcurrentStreams = Infinity }) => {
    connection.limit = maxConcurrentStreams
  })
  session.once('close', () => connections.delete(connection))
  connections.add(connection)
  return connection
}

/** Lets new requests go elsewhere; what is open on this stream's connection goes on. */
export function passOver({ session }: ClientHttp2Stream): void {
  for (const connection of connections)
    if (connection.session === session) connections.delete(connection)
}

/** Ends a stream, and no other of its connection: RST_STREAM, if the server has not ended it. */
export function cancel(stream: ClientHttp2Stream): void {
  stream.close(constants.NGHTTP2_CANCEL)
  // What nobody reads any more would keep it open.
  stream.destroy()
}
