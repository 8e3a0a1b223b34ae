import { describe, expect, test, vi } from 'vitest'

import { Feed } from '../feed.ts'
import { type StartOptions, startServer } from '../start.ts'
import { answerTo, event, parts, request, soon, type Wire } from '../testing.ts'
import lesson from './index.ts'
import {
  closeOf,
  frame,
  framesOf,
  handshake,
  opcodes,
  openWire,
  textsOf,
} from './raw-frames.ts'

const hello = 'Welcome. Every text you send is published to all.'
const greeting = (id: string) => `{"id":"${id}","hello":"${hello}"}`

/** A server whose feed `test` has published "1", "2", … */
async function start(count = 0, options: StartOptions = {}) {
  const { feed = new Feed({ name: 'test' }) } = options
  for (let n = 1; n <= count; n++) feed.publish(String(n))
  const log = vi.fn<(line: string) => void>()
  return { ...(await startServer(lesson, { log, ...options, feed })), log }
}

/** Waits for these text frames, and no others. */
function receives(wire: Wire, texts: string[]): Promise<void> {
  return soon(() => expect(textsOf(wire)).toEqual(texts))
}

function closesWith(wire: Wire, close: [number, string]): Promise<void> {
  return soon(() => expect(closeOf(wire)).toEqual(close))
}

describe('the handshake', () => {
  test('is answered with these bytes, without extensions', async () => {
    await using server = await start()
    const offer = 'sec-websocket-extensions: permessage-deflate'
    await using wire = await openWire(server.url, '/messages', offer)
    const { status, headers } = parts(wire.text)
    expect(status).toBe('HTTP/1.1 101 Switching Protocols')
    expect(headers).toEqual([
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
    ])
  })

  test.each([
    ['a malformed cursor', '/messages?after=yesterday', [], 400, /cursor/],
    [
      'a foreign page',
      '/messages',
      ['origin: http://evil.example'],
      403,
      /Origin/,
    ],
    ['another path', '/nowhere', [], 404, /no \/nowhere here/],
  ])('is refused to %s', async (_, path, headers, status, reason) => {
    await using server = await start()
    const answer = await answerTo(server.url, handshake(path, ...headers))
    expect(answer.status).toContain(`HTTP/1.1 ${status} `)
    expect(answer.body).toMatch(reason)
    expect(server.feed.followerCount).toBe(0)
  })

  test('is asked for when a client sends a plain request', async () => {
    await using server = await start()
    const ask = (path: string) =>
      answerTo(server.url, request(`GET ${path}`, 'connection: close'))
    const { status, headers, body } = await ask('/messages')
    expect(status).toBe('HTTP/1.1 426 Upgrade Required')
    expect(headers).toContain('upgrade: websocket')
    expect(body).toBe('Ask for a WebSocket here.\n')
    // So browsers learn why they were refused.
    const refused = await ask('/messages?after=gone-7')
    expect(refused.status).toBe('HTTP/1.1 400 Bad Request')
    expect(refused.headers).toContain('feed-start: test-0')
  })
})

describe('a subscriber', () => {
  test('is greeted with its cursor, then gets a text frame a message', async () => {
    await using server = await start(1)
    await using wire = await openWire(server.url)
    await receives(wire, [greeting('test-1')])
    server.feed.publish('ü\n')
    await receives(wire, [greeting('test-1'), '{"id":"test-2","data":"ü\\n"}'])
  })

  test('goes on after its cursor', async () => {
    await using server = await start(3)
    await using wire = await openWire(server.url, '/messages?after=test-1')
    await receives(wire, [
      greeting('test-1'),
      '{"id":"test-2","data":"2"}',
      '{"id":"test-3","data":"3"}',
    ])
  })

  test('publishes a text, however it is cut', async () => {
    await using server = await start()
    await using wire = await openWire(server.url)
    wire.socket.setNoDelay()
    const bytes = frame(opcodes.text, 'ü€😀')
    const expected = [greeting('test-0')]
    for (let size = 1; size <= bytes.length; size++) {
      for (let from = 0; from < bytes.length; from += size) {
        wire.write(bytes.subarray(from, from + size))
        await new Promise(setImmediate)
      }
      expected.push(`{"id":"test-${size}","data":"ü€😀"}`)
      await receives(wire, expected)
    }
  })

  test('publishes a text that comes in several frames', async () => {
    await using server = await start()
    await using wire = await openWire(server.url)
    wire.write(Buffer.from('0182000000006162', 'hex')) // "ab", not the last
    wire.write(frame(opcodes.ping, ''))
    wire.write(Buffer.from('80810000000063', 'hex')) // "c", the last
    await receives(wire, [greeting('test-0'), '{"id":"test-1","data":"abc"}'])
  })

  test('that asks for a sign of life gets it', async () => {
    await using server = await start()
    await using wire = await openWire(server.url)
    wire.write(frame(opcodes.ping, 'there?'))
    const pong = { opcode: opcodes.pong, payload: Buffer.from('there?') }
    await soon(() => expect(framesOf(wire)).toContainEqual(pong))
  })

  test('is told to come back when the server closes', async () => {
    await using server = await start()
    await using wire = await openWire(server.url)
    await receives(wire, [greeting('test-0')])
    const closed = server.close()
    const reason = 'The server restarts. Come back with your cursor.'
    await closesWith(wire, [1012, reason])
    wire.write(frame(opcodes.close, Buffer.from([0x03, 0xf4])))
    await wire.end()
    wire.socket.end()
    await closed
    expect(server.feed.followerCount).toBe(0)
  })

  test('is in the log: it connects, publishes and leaves', async () => {
    await using server = await start(2)
    const wire = await openWire(server.url, '/messages?after=test-1')
    const name = `127.0.0.1:${wire.socket.localPort}`
    wire.write(frame(opcodes.text, 'hello'))
    wire.write(frame(opcodes.close, Buffer.from([0x03, 0xe9])))
    wire.socket.end()
    await event(wire.socket, 'close')
    await soon(() => {
      expect(server.log.mock.calls.flat()).toEqual([
        `${name} connected after test-1`,
        `${name} published test-3`,
        `${name} left with 1001`,
      ])
    })
    expect(server.feed.followerCount).toBe(0)
  })
})
