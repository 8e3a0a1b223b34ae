import type { Socket } from 'node:net'
import { connect } from 'node:tls'

import { afterEach, describe, expect, test, vi } from 'vitest'

import { makeCertificate } from '../certificate.ts'
import type { Lesson } from '../lesson.ts'
import { type StartedServer, startServer } from '../start.ts'
import {
  bareServer,
  event,
  parts,
  request,
  soon,
  wireOn,
  wireTo,
} from '../testing.ts'
import { httpServer } from './http-server.ts'

afterEach(() => void vi.useRealTimers())

const certificate = await makeCertificate()
const sentence =
  'This port speaks TLS, got something else. Ask with https:// instead of http://.'

const lesson: Omit<Lesson, 'capabilities'> = {
  title: 'Test',
  serve: (_, options = {}) =>
    httpServer(import.meta.url, options, {
      'GET /hello': (_, response) => response.end('hello'),
    }),
  subscribe: () => expect.fail('nobody subscribes here'),
}

async function start() {
  const log = vi.fn<(line: string) => void>()
  return { ...(await startServer(lesson, { certificate, log })), log }
}

/** A proxy whose first bytes from a client reach the server in these pieces. */
function inPieces({ url, server }: StartedServer, pieces: number[]) {
  return bareServer(async (client) => {
    const connection = event(server, 'connection')
    await using toServer = await wireTo(url)
    const [socket] = (await connection) as [Socket]
    toServer.socket.on('data', (bytes) => client.write(bytes))
    await client.until(/^.{100}/s)
    let sent = 0
    const send = (size: number) => {
      toServer.write(client.bytes.subarray(sent, sent + size))
      sent += size
    }
    for (const size of pieces) {
      send(size)
      await soon(() => expect(socket.bytesRead).toBe(sent))
    }
    send(client.bytes.length - sent)
    client.socket.on('data', () => send(client.bytes.length - sent))
    await client.end().catch(() => {}) // The test fails, and says why.
  })
}

describe('a server with a certificate', () => {
  test.each([
    ['whole', []],
    ['after its first byte', [1]],
    ['in its first bytes', [1, 1, 1, 1, 1, 1, 1, 1]],
    ['in the middle', [60]],
  ])('begins TLS with a client whose hello comes %s', async (_, pieces) => {
    await using server = await start()
    await using proxy = await inPieces(server, pieces)
    const socket = connect({
      host: '127.0.0.1',
      port: Number(proxy.url.port),
      ca: certificate.cert,
    })
    await using wire = wireOn(socket)
    await event(socket, 'secureConnect')
    wire.write(request('GET /hello'))
    await wire.until(/hello$/)
  })

  test('answers plain HTTP with a sentence, however much comes', async () => {
    await using server = await start()
    for (const size of [0, 10, 20_000_000]) {
      const post = request('POST /messages', `content-length: ${size}`)
      await using wire = await wireTo(server.url, post + 'x'.repeat(size))
      const { status, headers, body } = parts(await wire.end())
      expect(status).toBe('HTTP/1.1 400 Bad Request')
      // All of the request is taken, or the client might not see the answer.
      await soon(() => expect(wire.socket.writableLength).toBe(0))
      expect(wire.socket.errored).toBeNull()
      expect(headers).toEqual([
        'content-type: text/plain; charset=utf-8',
        `content-length: ${sentence.length + 1}`,
        'connection: close',
      ])
      expect(body).toBe(`${sentence}\n`)
    }
    expect(server.log.mock.calls.flat()).toEqual([sentence, sentence, sentence])
  })

  test('lets go of a plain client that stays', async () => {
    await using server = await start()
    const connection = event(server.server, 'connection')
    await using wire = await wireTo(server.url)
    const [socket] = (await connection) as [Socket]
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    wire.write(request('GET /hello'))
    await wire.end()
    expect(socket.destroyed).toBe(false)
    vi.advanceTimersByTime(2_000)
    expect(socket.destroyed).toBe(true)
  })

  test('waits 10 s for the first byte', async () => {
    await using server = await start()
    const connection = event(server.server, 'connection')
    await using _ = await wireTo(server.url)
    const [socket] = (await connection) as [Socket]
    expect(socket.timeout).toBe(10_000)
    socket.emit('timeout')
    expect(socket.destroyed).toBe(true)
  })

  test.each(['ends', 'is reset'])(
    'minds no client that %s before its first byte',
    async (how) => {
      await using server = await start()
      const connection = event(server.server, 'connection')
      await using wire = await wireTo(server.url)
      const [socket] = (await connection) as [Socket]
      const closed = event(socket, 'close')
      if (how === 'ends') wire.socket.end()
      else wire.socket.resetAndDestroy()
      await closed
      expect(server.log).not.toHaveBeenCalled()
    },
  )
})
