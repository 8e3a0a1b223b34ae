import http2, { type ServerHttp2Session } from 'node:http2'
import { type ConnectionOptions, connect } from 'node:tls'

import { afterEach, describe, expect, test, vi } from 'vitest'

import { makeCertificate } from '../certificate.ts'
import type { Lesson, ServeOptions } from '../lesson.ts'
import { startServer } from '../start.ts'
import { event, request, soon, type Wire, wireOn, wireTo } from '../testing.ts'
import { http2Server } from './http2-server.ts'

afterEach(() => void vi.useRealTimers())

const certificate = await makeCertificate()

/** What every client sends first: RFC 9113, section 3.4, and empty SETTINGS. */
const preface = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  Buffer.from('000000040000000000', 'hex'),
])

async function start(options: ServeOptions = {}) {
  const log = vi.fn<(line: string) => void>()
  const routes = {
    'GET /hello': (_: unknown, response: { end(text: string): void }) =>
      response.end('hello'),
  }
  const lesson: Omit<Lesson, 'capabilities'> = {
    title: 'Test',
    serve: (_, options = {}) => http2Server(import.meta.url, options, routes),
    subscribe: () => expect.fail('nobody subscribes here'),
  }
  const started = await startServer(lesson, { log, certificate, ...options })
  return { ...started, log }
}

/** A connection over TLS, on which the test writes every byte itself. */
async function secureWire(url: URL, options: ConnectionOptions): Promise<Wire> {
  const { cert: ca } = certificate
  const host = url.hostname
  const socket = connect({ host, port: Number(url.port), ca, ...options })
  const wire = wireOn(socket)
  await event(socket, 'secureConnect')
  return wire
}

/** The server goes on: it answers somebody else. */
async function isUp(url: URL): Promise<void> {
  const session = http2.connect(url.origin, { ca: certificate.cert })
  const stream = session.request({ ':path': '/hello' })
  const [headers] = await event(stream, 'response')
  expect(headers).toMatchObject({ ':status': 200 })
  session.destroy()
}

describe('a peer', () => {
  test('that does not answer PING is cut', async () => {
    await using server = await start({ heartbeatMs: 20 })
    const session = event(server.server, 'session')
    await using wire = await secureWire(server.url, { ALPNProtocols: ['h2'] })
    wire.write(preface)
    const [peer] = (await session) as [ServerHttp2Session]
    await wire.end()
    expect(peer.destroyed).toBe(true)
    // PING frames are of 8 bytes, and of type 6.
    expect(wire.bytes.includes(Buffer.from('0000080600', 'hex'))).toBe(true)
    await isUp(server.url)
  })

  test('that answers PING stays', async () => {
    await using server = await start({ heartbeatMs: 50 })
    const { cert: ca } = certificate
    const session = http2.connect(server.url.origin, { ca })
    for (let n = 0; n < 4; n++) await event(session, 'ping')
    const stream = session.request({ ':path': '/hello' })
    await event(stream, 'response')
    session.destroy()
  })

  test('that is being cut gets no PING any more', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    await using server = await start({ heartbeatMs: 20 })
    const session = event(server.server, 'session')
    await using wire = await secureWire(server.url, { ALPNProtocols: ['h2'] })
    wire.write(preface)
    const [peer] = (await session) as [ServerHttp2Session]
    peer.destroy() // 'close' follows later.
    vi.advanceTimersByTime(20)
    await wire.end()
  })

  test('that breaks the rules gets GOAWAY, and is cut', async () => {
    await using server = await start({ heartbeatMs: 20 })
    await using wire = await secureWire(server.url, { ALPNProtocols: ['h2'] })
    wire.write(preface)
    wire.write(Buffer.from('000000060000000000', 'hex')) // PING without data
    await wire.end()
    // GOAWAY is of type 7, FRAME_SIZE_ERROR is 6.
    const goaway = Buffer.from('0000080700000000000000000000000006', 'hex')
    expect(wire.bytes.includes(goaway)).toBe(true)
    await isUp(server.url)
  })

  test('that promised HTTP/2 and speaks otherwise is in the log', async () => {
    await using server = await start()
    await using wire = await secureWire(server.url, { ALPNProtocols: ['h2'] })
    wire.write(request('GET /hello'))
    await wire.end()
    await soon(() => {
      expect(server.log).toHaveBeenCalledExactlyOnceWith(
        expect.stringMatching(/^A connection broke the rules of HTTP\/2: \w/),
      )
    })
    await isUp(server.url)
  })

  test('that speaks HTTP/1.1 over TLS is told what is expected', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const server = await start()
    await using wire = await secureWire(server.url, {})
    wire.write(request('GET /hello'))
    expect(await wire.end()).toMatch(/ALPN.*h2/s)
    await isUp(server.url)
    // Node keeps such a connection for 10 s, the server that closes for 2.
    const closed = server.close()
    vi.advanceTimersByTime(2_000)
    await closed
  })

  test('that speaks plain HTTP is told so, and the log as well', async () => {
    await using server = await start()
    await using wire = await wireTo(server.url, request('GET /hello'))
    expect(await wire.end()).toMatch(
      /^HTTP\/1.1 400 .*\r\n\r\nThis port speaks TLS, .*\.\n$/s,
    )
    expect(server.log).toHaveBeenCalledExactlyOnceWith(
      'This port speaks TLS, got something else. Ask with https:// instead of http://.',
    )
    await isUp(server.url)
  })

  test('that speaks no TLS at all is in the log too', async () => {
    await using server = await start()
    await using wire = await wireTo(server.url, 'SSH-2.0-OpenSSH_9.2\r\n')
    await wire.end()
    expect(server.log).toHaveBeenCalledExactlyOnceWith(
      expect.stringMatching(/^This port speaks TLS, got something else/),
    )
    await isUp(server.url)
  })

  test('that sends headers over the limit is told so with 431', async () => {
    await using server = await start()
    const session = http2.connect(server.url.origin, { ca: certificate.cert })
    const stream = session.request({ ':path': '/hello', x: 'x'.repeat(20_000) })
    stream.setEncoding('utf8')
    const [headers] = await event(stream, 'response')
    expect(headers).toMatchObject({ ':status': 431 })
    const [body] = await event(stream, 'data')
    expect(body).toMatch(/^The headers of a request must fit 16384 bytes/)
    session.destroy()
    await isUp(server.url)
  })

  test('that leaves before TLS begins does no harm', async () => {
    await using server = await start()
    const wire = await wireTo(server.url, Buffer.from('1603010005', 'hex'))
    wire.socket.resetAndDestroy()
    await isUp(server.url)
  })
})

describe('a server', () => {
  test('that closes says goodbye, and ends when all have left', async () => {
    const server = await start()
    const { cert: ca } = certificate
    const session = http2.connect(server.url.origin, { ca })
    await event(session, 'connect')
    await event(session, 'remoteSettings')
    const goodbye = event(session, 'goaway')
    await server.close()
    expect((await goodbye)[0]).toBe(http2.constants.NGHTTP2_NO_ERROR)
  })

  test.each([
    ['a foreign name', { ':authority': 'evil.example' }, /^Host must/],
    ['a foreign page', { origin: 'https://evil.example' }, /^Origin must/],
  ])('refuses %s', async (_, headers, sentence) => {
    await using server = await start()
    const { cert: ca } = certificate
    const session = http2.connect(server.url.origin, { ca })
    const stream = session.request({ ':path': '/hello', ...headers })
    const [head] = await event(stream, 'response')
    expect(head).toMatchObject({ ':status': 403 })
    let body = ''
    for await (const chunk of stream.setEncoding('utf8')) body += chunk
    expect(body).toMatch(sentence)
    session.destroy()
  })

  test('takes no CONNECT: it is no proxy, and has no such route', async () => {
    await using server = await start()
    const { cert: ca } = certificate
    const session = http2.connect(server.url.origin, { ca })
    const stream = session.request({
      ':method': 'CONNECT',
      ':authority': '127.0.0.1:80',
    })
    const [head] = await event(stream, 'response')
    expect(head).toMatchObject({ ':status': 501 })
    const [body] = await event(stream.setEncoding('utf8'), 'data')
    expect(body).toMatch(/^This server is no proxy, got CONNECT for a tunnel/)
    session.destroy()
    await isUp(server.url)
  })
})
