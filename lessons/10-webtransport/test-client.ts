// A client of this lesson's server that writes every byte of HTTP/3 itself, for
// tests.

import { expect } from 'vitest'

import { makeCertificate } from '../certificate.ts'
import { Feed } from '../feed.ts'
import { type StartOptions, startServer } from '../start.ts'
import { event, soon } from '../testing.ts'
import { encodeFrame, frameTypes } from './http3/frames.ts'
import { encodeFields, type Field } from './http3/qpack.ts'
import { encodeSettings } from './http3/settings.ts'
import { encodeVarint } from './http3/varint.ts'
import lesson from './index.ts'
import { connectQuic, handshake } from './quic/connect-quic.ts'
import type { QuicConnection, QuicEnd } from './quic/quic-connection.ts'
import type { QuicStream } from './quic/quic-stream.ts'

export const hex = (text: string) =>
  Buffer.from(text.replaceAll(' ', ''), 'hex')

/** A server whose feed `test` has published "1", "2", … */
export async function start(count = 0, options: StartOptions = {}) {
  const { feed = new Feed({ name: 'test' }) } = options
  for (let n = 1; n <= count; n++) feed.publish(String(n))
  const lines: string[] = []
  const certificate = options.certificate ?? (await makeCertificate())
  const started = await startServer(lesson, {
    log: (line) => lines.push(line),
    ...options,
    certificate,
    feed,
  })
  return { ...started, certificate, log: lines }
}

/** What a client announces; as the first bytes of its control stream. */
export const controlBytes = Buffer.concat([
  hex('00'),
  encodeFrame(
    frameTypes.SETTINGS,
    encodeSettings({ H3_DATAGRAM: 1, ENABLE_WEBTRANSPORT: 1 }),
  ),
])

export function sessionRequest(url: URL, path = '/messages'): Field[] {
  return [
    [':method', 'CONNECT'],
    [':scheme', 'https'],
    [':authority', url.host],
    [':path', path],
    [':protocol', 'webtransport'],
  ]
}

export function headersFrame(fields: Field[]): Buffer {
  return encodeFrame(frameTypes.HEADERS, encodeFields(fields))
}

export interface TestClient extends AsyncDisposable {
  readonly quic: QuicConnection
  /** What has come on the streams that the server has opened, as Latin-1. */
  readonly streams: string[]
  /** Opens a stream one way, and sends `bytes`. */
  oneWay(...bytes: Uint8Array[]): Promise<QuicStream>
  /** Opens a stream both ways, and sends `bytes`. */
  bothWays(...bytes: Uint8Array[]): Promise<QuicStream>
  /** How the connection ends. */
  end(): Promise<QuicEnd>
}

/** A connection, with a control stream unless `control` is empty. */
export async function client(
  url: URL,
  control: Uint8Array = controlBytes,
): Promise<TestClient> {
  const quic = await connectQuic(url, 30_000)
  const streams: string[] = []
  quic.on('stream', (stream) => {
    const n = streams.push('') - 1
    stream.on('data', (chunk: Buffer) => {
      streams[n] += chunk.toString('latin1')
    })
  })
  await handshake(quic)
  const open = async (
    kind: 'unidirectional' | 'bidirectional',
    bytes: Uint8Array[],
  ) => {
    const stream = await quic.openStream(kind)
    for (const one of bytes) stream.write(one)
    return stream
  }
  const one: TestClient = {
    quic,
    streams,
    oneWay: (...bytes) => open('unidirectional', bytes),
    bothWays: (...bytes) => open('bidirectional', bytes),
    async end() {
      if (quic.ended) return quic.ended
      const [end] = await event(quic, 'close')
      return end as QuicEnd
    },
    async [Symbol.asyncDispose]() {
      quic.destroy()
    },
  }
  if (control.length > 0) await one.oneWay(control)
  return one
}

/** A session of the test client: its id, and the lines of the stream that the server opens. */
export async function openTestSession(
  one: TestClient,
  url: URL,
  path?: string,
) {
  const request = await one.bothWays(headersFrame(sessionRequest(url, path)))
  const prefix = Buffer.concat([hex('4054'), encodeVarint(request.id)])
  const start = prefix.toString('latin1')
  const own = () => one.streams.find((text) => text.startsWith(start)) ?? ''
  return {
    id: request.id,
    request,
    /** What has come on the stream that the server has opened for it. */
    get text() {
      return own().slice(start.length)
    },
    /** Waits for a text on that stream. */
    receives: (text: string) => soon(() => expect(own()).toContain(text)),
  }
}
