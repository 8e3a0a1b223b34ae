// A client of this lesson's server that writes its frames itself, for the tests.

import http2, {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  constants,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Session,
} from 'node:http2'
import type { Socket } from 'node:net'
import { text } from 'node:stream/consumers'

import { vi } from 'vitest'

import { makeCertificate } from '../certificate.ts'
import { Feed } from '../feed.ts'
import { type StartOptions, startServer } from '../start.ts'
import { event, type Wire, wireOn } from '../testing.ts'
import lesson from './index.ts'

const certificate = await makeCertificate()

/** A server whose feed `test` has published "1", "2", …, and a session with it. */
export async function start(count = 0, options: StartOptions = {}) {
  const { feed = new Feed({ name: 'test' }) } = options
  for (let n = 1; n <= count; n++) feed.publish(String(n))
  const log = vi.fn<(line: string) => void>()
  const server = await startServer(lesson, {
    certificate,
    log,
    ...options,
    feed,
  })
  const sessions: ServerHttp2Session[] = []
  server.server.on('session' as 'connection', (session: unknown) => {
    sessions.push(session as ServerHttp2Session)
  })
  const session = http2.connect(server.url.origin, { ca: server.ca })
  session.on('error', () => {}) // 'close' follows.
  await event(session, 'remoteSettings')
  return {
    ...server,
    log,
    /** Every session that the server has had. */
    sessions,
    session,
    async [Symbol.asyncDispose]() {
      session.destroy()
      await server.close()
    },
  }
}

export const request: OutgoingHttpHeaders = {
  ':method': 'CONNECT',
  ':protocol': 'websocket',
  ':path': '/messages',
  'sec-websocket-version': '13',
}

/** Asks by extended CONNECT, and with the headers, of which undefined ones are left out. */
export async function ask(
  session: ClientHttp2Session,
  headers: OutgoingHttpHeaders = {},
) {
  const stream = session.request({ ...request, ...headers })
  const [head] = (await event(stream, 'response')) as [IncomingHttpHeaders]
  return { stream, head, status: head[':status'] as unknown as number }
}

/** The status, the headers and the sentence with which a request is refused. */
export async function refusalOf(
  session: ClientHttp2Session,
  headers: OutgoingHttpHeaders,
) {
  const { stream, head, status } = await ask(session, headers)
  return { status, head, body: await text(stream) }
}

export interface StreamWire extends Wire {
  readonly stream: ClientHttp2Stream
}

/** A stream on which a WebSocket was opened by hand. */
export async function openWire(
  session: ClientHttp2Session,
  path = '/messages',
): Promise<StreamWire> {
  const { stream } = await ask(session, { ':path': path })
  const wire = wireOn(stream as unknown as Socket)
  return Object.assign(wire, {
    stream,
    // Not `destroy`: within the end of another stream, Node 20 would never
    // come back from it.
    async [Symbol.asyncDispose]() {
      stream.close(constants.NGHTTP2_CANCEL)
    },
  })
}
