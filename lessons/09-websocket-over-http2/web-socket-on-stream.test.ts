// What lesson 09 needs of the internals of `ws`.

import http2, {
  type ClientHttp2Stream,
  constants,
  type ServerHttp2Stream,
} from 'node:http2'
import { createRequire } from 'node:module'
import type { AddressInfo, Socket } from 'node:net'

import { describe, expect, test } from 'vitest'
import type { WebSocket } from 'ws'

import {
  closeOf,
  frame,
  framesOf,
  opcodes,
  textsOf,
} from '../05-websocket/raw-frames.ts'
import { event, soon, wireOn } from '../testing.ts'
import { type StreamOptions, webSocketOn } from './web-socket-on-stream.ts'

/** Both ends of one stream. */
async function streams() {
  const settings = { enableConnectProtocol: true }
  const server = http2.createServer({ settings }).listen(0, '127.0.0.1')
  await event(server, 'listening')
  const { port } = server.address() as AddressInfo
  const session = http2.connect(`http://127.0.0.1:${port}`)
  session.on('error', () => {}) // It is broken on purpose.
  await event(session, 'remoteSettings')
  const open = async () => {
    const asked = event(server, 'stream')
    const client = session.request({
      ':method': 'CONNECT',
      ':protocol': 'websocket',
    })
    client.on('error', () => {})
    const [stream] = (await asked) as [ServerHttp2Stream]
    stream.on('error', () => {})
    stream.respond()
    return { client, server: stream }
  }
  return {
    ...(await open()),
    /** Both ends of another stream of the same connection. */
    open,
    session,
    async [Symbol.asyncDispose]() {
      session.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
}

const quiet = (webSocket: WebSocket) => webSocket.on('error', () => {})

/** A WebSocket at each end. */
async function pair() {
  const both = await streams()
  const server = quiet(webSocketOn(both.server, { is: 'server' }))
  const client = quiet(webSocketOn(both.client, { is: 'client' }))
  return { both, server, client }
}

/** A WebSocket at the server's end, and bytes at the client's. */
async function atServer(options: Partial<StreamOptions> = {}) {
  const both = await streams()
  const server = quiet(webSocketOn(both.server, { is: 'server', ...options }))
  const wire = wireOn(both.client as unknown as Socket)
  return { both, server, wire }
}

function codeOf(stream: ClientHttp2Stream | ServerHttp2Stream) {
  return soon(() => expect(stream.closed).toBe(true)).then(() => stream.rstCode)
}

test('ws is the version that this file was written for', () => {
  const require = createRequire(import.meta.url)
  expect(require('ws/package.json').version).toBe('8.23.0')
})

test('it is open at once', async () => {
  const { both, server, client } = await pair()
  await using _ = both
  expect([server.readyState, client.readyState]).toEqual([1, 1])
})

test('texts and bytes go both ways', async () => {
  const { both, server, client } = await pair()
  await using _ = both
  for (const [from, to] of [
    [server, client],
    [client, server],
  ] as const) {
    for (const data of ['', 'ü€😀', 'x'.repeat(300_000), Buffer.of(0, 255)]) {
      const message = event(to, 'message')
      from.send(data)
      const [got, isBinary] = (await message) as [Buffer, boolean]
      expect(isBinary).toBe(typeof data !== 'string')
      expect(got.equals(Buffer.from(data as string))).toBe(true)
    }
  }
})

test('a server sends these bytes, unmasked', async () => {
  const { both, server, wire } = await atServer()
  await using _ = both
  server.send('Hello')
  const hello = Buffer.from('810548656c6c6f', 'hex')
  await soon(() => expect(wire.bytes).toEqual(hello))
})

test('a client masks', async () => {
  await using both = await streams()
  const client = webSocketOn(both.client, { is: 'client' })
  const wire = wireOn(both.server as unknown as Socket)
  client.send('Hello')
  await soon(() => expect(wire.bytes.length).toBe(2 + 4 + 5))
  expect(wire.bytes.subarray(0, 2)).toEqual(Buffer.from('8185', 'hex'))
  const mask = wire.bytes.subarray(2, 6)
  const text = wire.bytes
    .subarray(6)
    .map((byte, n) => byte ^ (mask[n % 4] ?? 0))
  expect(text).toEqual(Buffer.from('Hello'))
})

test('a text is the same, however its bytes are cut', async () => {
  const { both, server, wire } = await atServer()
  await using _ = both
  const bytes = frame(opcodes.text, 'ü€😀')
  for (let size = 1; size <= bytes.length; size++) {
    const message = event(server, 'message')
    for (let from = 0; from < bytes.length; from += size) {
      wire.write(bytes.subarray(from, from + size))
      await new Promise(setImmediate)
    }
    expect(String((await message)[0])).toBe('ü€😀')
  }
})

test('a ping is answered', async () => {
  const { both, wire } = await atServer()
  await using _ = both
  wire.write(frame(opcodes.ping, 'there?'))
  const pong = { opcode: opcodes.pong, payload: Buffer.from('there?') }
  await soon(() => expect(framesOf(wire)).toEqual([pong]))
})

describe('closing', () => {
  // Without a close timeout, about one in three of these ends with 1006.
  test('ends with the code that was sent, every time, at both ends', async () => {
    for (let n = 0; n < 40; n++) {
      const { both, server, client } = await pair()
      await using _ = both
      const ends = [event(server, 'close'), event(client, 'close')]
      const first = n % 2 ? server : client
      first.send('the last words')
      first.close(1000, 'bye')
      const bye = [1000, Buffer.from('bye')]
      expect(await Promise.all(ends)).toEqual([bye, bye])
      expect(await codeOf(both.client)).toBe(constants.NGHTTP2_NO_ERROR)
    }
  })

  test('waits no longer for the other end than it was told', async () => {
    const { both, server, wire } = await atServer({ closeTimeoutMs: 10 })
    await using _ = both
    const closed = event(server, 'close')
    server.close(1000)
    expect((await closed)[0]).toBe(1006)
    expect(closeOf(wire)?.[0]).toBe(1000)
  })

  test('is unclean, 1006, when the stream ends without a close frame', async () => {
    const { both, server } = await atServer()
    await using _ = both
    const closed = event(server, 'close')
    both.client.end()
    expect((await closed)[0]).toBe(1006)
  })

  test.each([
    'NO_ERROR',
    'CANCEL',
    'INTERNAL_ERROR',
    'REFUSED_STREAM',
  ] as const)(
    'is unclean, 1006, when the stream is reset with %s',
    async (name) => {
      const { both, server } = await atServer()
      await using _ = both
      const closed = event(server, 'close')
      both.client.close(constants[`NGHTTP2_${name}`])
      expect((await closed)[0]).toBe(1006)
    },
  )

  test('is unclean, 1006, when the connection breaks', async () => {
    const { both, server, client } = await pair()
    await using _ = both
    const ends = [event(server, 'close'), event(client, 'close')]
    both.session.destroy()
    for (const [code] of await Promise.all(ends)) expect(code).toBe(1006)
  })

  test('by force resets the stream with CANCEL, as TCP would its connection', async () => {
    const { both, server, client } = await pair()
    await using _ = both
    const ends = [event(server, 'close'), event(client, 'close')]
    server.terminate()
    for (const [code] of await Promise.all(ends)) expect(code).toBe(1006)
    expect(await codeOf(both.client)).toBe(constants.NGHTTP2_CANCEL)
  })
})

test('it may be ended by force when another stream of the connection ends', async () => {
  await using both = await streams()
  const other = await both.open()
  const [one, two] = [both.client, other.client].map((stream) =>
    quiet(webSocketOn(stream, { is: 'client' })),
  )
  one?.once('close', () => two?.terminate())
  const reset = event(other.server, 'close')
  both.server.close(constants.NGHTTP2_CANCEL)
  await reset
  expect(other.server.rstCode).toBe(constants.NGHTTP2_CANCEL)
})

test('a message over the limit closes with 1009, before all of it is here', async () => {
  const { both, server, wire } = await atServer({ maxPayload: 5 })
  await using _ = both
  wire.write(frame(opcodes.text, '12345'))
  expect(String((await event(server, 'message'))[0])).toBe('12345')
  wire.write(Buffer.from('81ff000000010000000000000000', 'hex'))
  await soon(() => expect(closeOf(wire)?.[0]).toBe(1009))
})

test('a message in more parts than ws takes closes with 1008', async () => {
  const { both, wire } = await atServer()
  await using _ = both
  const part = Buffer.from('0080' + '00000000', 'hex')
  const first = Buffer.from('0180' + '00000000', 'hex')
  wire.write(Buffer.concat([first, ...Array(17_000).fill(part)]))
  await soon(() => expect(closeOf(wire)?.[0]).toBe(1008))
})

test('one that does not read holds the other end back, and nobody else', async () => {
  await using both = await streams()
  const server = webSocketOn(both.server, { is: 'server' })
  const client = webSocketOn(both.client, { is: 'client' })
  client.pause()
  for (let n = 0; n < 40; n++) server.send('x'.repeat(10_000))
  // The session below has room, and answers: it is this stream that has none.
  for (let n = 0; n < 10; n++)
    await new Promise<void>((resolve) => both.session.ping(() => resolve()))
  expect(both.server.writableNeedDrain).toBe(true)
  expect(server.bufferedAmount).toBeGreaterThan(300_000)
  let received = 0
  client.on('message', () => received++)
  client.resume()
  await soon(() => expect(received).toBe(40))
  expect(server.bufferedAmount).toBe(0)
})

test('a close frame is read after what was sent before it', async () => {
  const { both, server, wire } = await atServer()
  await using _ = both
  server.send('one')
  server.send('two')
  server.close(1012, 'restart')
  await soon(() => expect(closeOf(wire)).toEqual([1012, 'restart']))
  expect(textsOf(wire)).toEqual(['one', 'two'])
})
