import type { Socket } from 'node:net'
import { connect } from 'node:tls'

import { afterEach, describe, expect, test, vi } from 'vitest'

import { makeCertificate } from '../certificate.ts'
import type { Lesson, ServeOptions } from '../lesson.ts'
import { startServer } from '../start.ts'
import { answerTo, event, parts, request, wireTo } from '../testing.ts'
import { httpServer } from './http-server.ts'
import type { Upgrade } from './http1.ts'

afterEach(() => void vi.useRealTimers())

const upgradeHeaders = ['connection: upgrade', 'upgrade: test']

/** A server that answers `GET /hello`, and takes any upgrade. */
async function start(options: ServeOptions = {}) {
  const log = vi.fn<(line: string) => void>()
  const upgrade: Upgrade = (_, socket) => {
    socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\nwelcome')
  }
  const routes = {
    'GET /hello': (_: unknown, response: { end(text: string): void }) =>
      response.end('hello'),
  }
  const lesson: Omit<Lesson, 'capabilities'> = {
    title: 'Test',
    serve: (_, options = {}) =>
      httpServer(import.meta.url, options, routes, upgrade),
    subscribe: () => expect.fail('nobody subscribes here'),
  }
  const started = await startServer(lesson, { log, ...options })
  return { ...started, log }
}

/** The server goes on: it answers somebody else. */
async function isUp(url: URL): Promise<void> {
  await using wire = await wireTo(url, request('GET /hello'))
  await wire.until(/hello$/)
}

describe('bytes that are no request', () => {
  test.each([
    ['garbage', 'hello?\r\n\r\n'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['zeros', '\0\0\0\0'],
    ['a header without a name', 'GET / HTTP/1.1\r\n: x\r\n\r\n'],
    ['two lengths', request('GET /', 'content-length: 1', 'content-length: 2')],
  ])('are answered with 400 and a sentence: %s', async (_, bytes) => {
    await using server = await start()
    const { status, headers, body } = await answerTo(server.url, bytes)
    expect(status).toBe('HTTP/1.1 400 Bad Request')
    expect(headers).toEqual([
      'content-type: text/plain; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
    ])
    expect(body).toMatch(/^This is no HTTP\/1\.1 request: .+\.\n$/)
    expect(server.log).toHaveBeenCalledExactlyOnceWith(body.trim())
    await isUp(server.url)
  })

  test('are told apart when they are a TLS handshake', async () => {
    await using server = await start()
    const hello = Buffer.from('160301000501000001000303', 'hex')
    const { status, body } = await answerTo(server.url, hello)
    expect(status).toBe('HTTP/1.1 400 Bad Request')
    expect(body).toBe(
      'This port speaks plain HTTP, got a TLS handshake. Ask with http:// instead of https://.\n',
    )
    const client = connect({ port: Number(server.url.port) })
    client.on('error', () => {}) // It cannot read that answer.
    await event(client, 'close')
    await isUp(server.url)
  })

  test('are answered once, however much more of them comes', async () => {
    await using server = await start()
    const connection = event(server.server, 'connection')
    await using wire = await wireTo(server.url, 'hello?\r\n')
    const [socket] = (await connection) as [Socket]
    const answer = await wire.end()
    for (let n = 0; n < 20; n++) wire.write('and more '.repeat(1_000))
    wire.socket.end()
    await event(socket, 'close')
    expect(wire.text).toBe(answer)
    expect(server.log).toHaveBeenCalledTimes(1)
  })

  test('are not answered for ever', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    await using server = await start()
    const connection = event(server.server, 'connection')
    await using wire = await wireTo(server.url, 'hello?\r\n')
    const [socket] = (await connection) as [Socket]
    await wire.end()
    expect(socket.destroyed).toBe(false)
    vi.advanceTimersByTime(2_000)
    expect(socket.destroyed).toBe(true)
  })
})

test.each([1, 7])(
  'headers over the limit are answered with 431, sent in %i pieces',
  async (pieces) => {
    await using server = await start()
    await using wire = await wireTo(server.url)
    const bytes = request('GET /hello', `x-long: ${'x'.repeat(200_000)}`)
    const size = Math.ceil(bytes.length / pieces)
    for (let start = 0; start < bytes.length; start += size)
      wire.write(bytes.slice(start, start + size))
    const { status, body } = parts(await wire.end())
    expect(status).toBe('HTTP/1.1 431 Request Header Fields Too Large')
    expect(body).toBe(
      'The headers of a request must fit 16384 bytes, got more. Send fewer or shorter ones.\n',
    )
    expect(server.log).toHaveBeenCalledExactlyOnceWith(body.trim())
    await isUp(server.url)
  },
)

test('CONNECT is refused: the server is no proxy', async () => {
  await using server = await start()
  const ask = request('CONNECT 127.0.0.1:80')
  const { status, body } = await answerTo(server.url, ask)
  expect(status).toBe('HTTP/1.1 501 Not Implemented')
  expect(body).toMatch(/^This server is no proxy, got CONNECT for a tunnel/)
  await isUp(server.url)
})

describe('an upgrade', () => {
  const ask = (path: string, ...headers: string[]) =>
    request(`GET ${path}`, ...upgradeHeaders, ...headers)

  test('is the lesson’s to answer', async () => {
    await using server = await start()
    const { status, body } = await answerTo(server.url, ask('/messages'))
    expect(status).toBe('HTTP/1.1 101 Switching Protocols')
    expect(body).toBe('welcome')
  })

  test('of a foreign page is refused', async () => {
    await using server = await start()
    const foreign = ask('/messages', 'origin: http://evil.example')
    const { status, body } = await answerTo(server.url, foreign)
    expect(status).toBe('HTTP/1.1 403 Forbidden')
    expect(body).toMatch(/^Origin must be a page of this machine/)
  })

  test('of another path is refused', async () => {
    await using server = await start()
    const { status, body } = await answerTo(server.url, ask('/nowhere'))
    expect(status).toBe('HTTP/1.1 404 Not Found')
    expect(body).toBe(
      'There is no /nowhere here, only the page at / and the messages at /messages.\n',
    )
  })

  test('may be refused to a client that is gone', async () => {
    await using server = await start()
    await using wire = await wireTo(server.url)
    const upgrade = event(server.server, 'upgrade')
    wire.write(ask('/nowhere'))
    const [, socket] = (await upgrade) as [unknown, Socket]
    const closed = event(socket, 'close')
    wire.socket.resetAndDestroy()
    await closed
    await isUp(server.url)
  })
})

describe('plain HTTP on a port that speaks TLS', () => {
  test('is explained in the log, and the server goes on', async () => {
    const certificate = await makeCertificate()
    await using server = await start({ certificate })
    await using wire = await wireTo(server.url, request('GET /hello'))
    await wire.end()
    expect(server.log).toHaveBeenCalledExactlyOnceWith(
      'This port speaks TLS, got something else. Ask with https:// instead of http://.',
    )
    const { cert: ca } = certificate
    const port = Number(server.url.port)
    const client = connect({ port, host: '127.0.0.1', ca })
    await event(client, 'secureConnect')
    client.end()
    await event(client.resume(), 'close')
  })
})
