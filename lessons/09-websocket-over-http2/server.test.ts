import {
  type ClientHttp2Stream,
  constants,
  type ServerHttp2Session,
} from 'node:http2'
import { connect } from 'node:tls'

import { describe, expect, test } from 'vitest'

import {
  closeOf,
  frame,
  framesOf,
  handshake,
  opcodes,
  textsOf,
} from '../05-websocket/raw-frames.ts'
import { event, parts, request, soon, wireOn } from '../testing.ts'
import {
  ask,
  openWire,
  refusalOf,
  type StreamWire,
  start,
} from './test-streams.ts'

const hello = 'Welcome. Every text you send is published to all.'
const greeting = (id: string) => `{"id":"${id}","hello":"${hello}"}`

/** Waits for these text frames, and no others. */
function receives(wire: StreamWire, texts: string[]): Promise<void> {
  return soon(() => expect(textsOf(wire)).toEqual(texts))
}

/** Resolves when the text has come. */
function untilText(stream: ClientHttp2Stream, text = ''): Promise<void> {
  const end = Buffer.from(`${text}"}`)
  let last = Buffer.alloc(0)
  return new Promise((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      last = Buffer.concat([last, chunk]).subarray(-end.length)
      if (last.equals(end)) resolve()
    })
  })
}

/** A connection of HTTP/1.1 to a server that speaks HTTP/2 as well. */
async function http1Wire(
  { url, ca }: { url: URL; ca: string | undefined },
  bytes: string,
) {
  const { hostname: host, port } = url
  const options = { host, port: Number(port), ca, ALPNProtocols: ['http/1.1'] }
  const wire = wireOn(connect(options))
  await event(wire.socket, 'secureConnect')
  wire.write(bytes)
  return wire
}

describe('extended CONNECT', () => {
  test('is announced, with how many streams there may be', async () => {
    await using rig = await start()
    expect(rig.session.remoteSettings).toMatchObject({
      enableConnectProtocol: true,
      maxConcurrentStreams: 128,
    })
  })

  test('is answered with 200, and nothing that belongs to an upgrade', async () => {
    await using rig = await start()
    const offer = 'permessage-deflate; client_max_window_bits'
    const { head } = await ask(rig.session, {
      'sec-websocket-extensions': offer,
      origin: 'https://localhost:5170',
    })
    expect(head[':status']).toBe(200)
    expect(Object.keys(head)).toEqual([':status', 'date'])
  })

  test.each([
    ['a malformed cursor', { ':path': '/messages?after=x' }, 400, /cursor/],
    [
      'a cursor of another feed',
      { ':path': '/messages?after=gone-7' },
      400,
      /not of this feed/,
    ],
    ['a foreign page', { origin: 'http://evil.example' }, 403, /^Origin/],
    ['a foreign name', { ':authority': 'evil.example' }, 403, /^Host/],
    ['another path', { ':path': '/nowhere' }, 404, /no \/nowhere here/],
    ['the page', { ':path': '/' }, 405, /^\/ takes GET, HEAD, got CONNECT/],
    ['another version', { 'sec-websocket-version': '8' }, 400, /13, got "8"/],
    [
      'no version',
      { 'sec-websocket-version': undefined },
      400,
      /got undefined/,
    ],
    ['another protocol', { ':protocol': 'connect-udp' }, 501, /"connect-udp"/],
    ['long headers', { x: 'x'.repeat(20_000) }, 431, /must fit 16384 bytes/],
  ])('is refused for %s', async (_, headers, status, sentence) => {
    await using rig = await start()
    await using other = await openWire(rig.session)
    const refusal = await refusalOf(rig.session, headers)
    expect(refusal.status).toBe(status)
    expect(refusal.body).toMatch(sentence)
    expect(refusal.body).toMatch(/^\S.*\.\n$/)
    // It was a stream that was refused: the connection goes on.
    expect(rig.feed.followerCount).toBe(1)
    rig.feed.publish('a')
    await receives(other, [greeting('test-0'), '{"id":"test-1","data":"a"}'])
    expect(rig.sessions).toHaveLength(1)
  })

  test('names where the feed starts, to a cursor of another one', async () => {
    await using rig = await start(3)
    const path = '/messages?after=gone-7'
    const { head } = await refusalOf(rig.session, { ':path': path })
    expect(head['feed-start']).toBe('test-0')
  })

  test('without a protocol asks for a tunnel, and is refused', async () => {
    await using rig = await start()
    const stream = rig.session.request({
      ':method': 'CONNECT',
      ':authority': '127.0.0.1:80',
    })
    const [head] = await event(stream, 'response')
    expect(head).toMatchObject({ ':status': 501 })
    const [body] = await event(stream.setEncoding('utf8'), 'data')
    expect(body).toMatch(/^This server is no proxy, got CONNECT for a tunnel/)
  })

  test('is asked for when a client sends a plain request', async () => {
    await using rig = await start()
    const plain = {
      ':method': 'GET',
      ':protocol': undefined,
      'sec-websocket-version': undefined,
    }
    const { status, head, body } = await refusalOf(rig.session, plain)
    expect([status, head.allow]).toEqual([405, 'CONNECT'])
    expect(body).toBe(
      'Ask for a WebSocket here: by CONNECT with the :protocol websocket.\n',
    )
    const malformed = { ...plain, ':path': '/messages?after=yesterday' }
    expect((await refusalOf(rig.session, malformed)).status).toBe(400)
  })
})

describe('a WebSocket on a stream', () => {
  test('is greeted with its cursor, then gets a text frame a message', async () => {
    await using rig = await start(3)
    await using wire = await openWire(rig.session, '/messages?after=test-2')
    await receives(wire, [greeting('test-2'), '{"id":"test-3","data":"3"}'])
    rig.feed.publish('ü\n')
    await soon(() => {
      expect(textsOf(wire).at(-1)).toBe('{"id":"test-4","data":"ü\\n"}')
    })
  })

  test('publishes what it sends', async () => {
    await using rig = await start()
    await using wire = await openWire(rig.session)
    wire.write(frame(opcodes.text, 'a'))
    await receives(wire, [greeting('test-0'), '{"id":"test-1","data":"a"}'])
  })

  test('gets a ping each heartbeat, and the frame {} for pages', async () => {
    // What is not sent before it is cut, two heartbeats later, never comes.
    await using rig = await start(0, { heartbeatMs: 400 })
    await using wire = await openWire(rig.session)
    const ping = { opcode: opcodes.ping, payload: Buffer.of() }
    await soon(() => {
      expect(framesOf(wire)).toContainEqual(ping)
      expect(textsOf(wire)).toContain('{}')
    })
  })

  test('that answers no ping is reset, and its neighbour stays', async () => {
    await using rig = await start(0, { heartbeatMs: 400 })
    await using mute = await openWire(rig.session)
    await using other = await openWire(rig.session)
    const pong = frame(opcodes.pong, '')
    other.stream.on('data', () => other.write(pong))
    await event(mute.stream, 'close')
    expect(mute.stream.rstCode).toBe(constants.NGHTTP2_CANCEL)
    expect(other.stream.closed).toBe(false)
    expect(rig.feed.followerCount).toBe(1)
  })

  test('that is reset is gone, and its neighbour stays', async () => {
    await using rig = await start()
    await using one = await openWire(rig.session)
    await using other = await openWire(rig.session)
    await soon(() => expect(rig.feed.followerCount).toBe(2))
    one.stream.close(constants.NGHTTP2_CANCEL)
    await soon(() => expect(rig.feed.followerCount).toBe(1))
    rig.feed.publish('a')
    await receives(other, [greeting('test-0'), '{"id":"test-1","data":"a"}'])
  })

  test('is in the log, with its stream: it connects, publishes and leaves', async () => {
    await using rig = await start(2)
    const wire = await openWire(rig.session, '/messages?after=test-1')
    const { localPort } = rig.session.socket
    const name = `127.0.0.1:${localPort} stream ${wire.stream.id}`
    wire.write(frame(opcodes.text, 'hello'))
    wire.write(frame(opcodes.close, Buffer.from([0x03, 0xe9])))
    wire.stream.end()
    await event(wire.stream, 'close')
    await soon(() => {
      expect(rig.log.mock.calls.flat()).toEqual([
        `${name} connected after test-1`,
        `${name} published test-3`,
        `${name} left with 1001`,
      ])
    })
  })
})

describe('one connection', () => {
  test('carries 100 WebSockets, and requests beside them', async () => {
    await using rig = await start()
    const wires = await Promise.all(
      Array.from({ length: 100 }, () => openWire(rig.session)),
    )
    await soon(() => expect(rig.feed.followerCount).toBe(100))
    wires[0]?.write(frame(opcodes.text, 'to all'))
    const message = '{"id":"test-1","data":"to all"}'
    for (const wire of wires)
      await receives(wire, [greeting('test-0'), message])

    const page = rig.session.request({ ':path': '/' })
    const [head] = await event(page, 'response')
    expect(head).toMatchObject({ ':status': 200 })
    expect(rig.sessions).toHaveLength(1)
  })

  test('carries 99 that read, while one does not', async () => {
    await using rig = await start()
    const stalled = await ask(rig.session)
    stalled.stream.pause()
    const wires = await Promise.all(
      Array.from({ length: 99 }, () => openWire(rig.session)),
    )
    await soon(() => expect(rig.feed.followerCount).toBe(100))
    // Twice what HTTP/2 lets a stream send unread, 64 KiB.
    const texts = Array.from({ length: 8 }, (_, n) => `${n}`.padEnd(16_384))
    const read = wires.map(({ stream }) => untilText(stream, texts.at(-1)))
    for (const text of texts) rig.feed.publish(text)
    await Promise.all(read)
    expect(stalled.stream.readableLength).toBe(65_535)
    stalled.stream.destroy()
  })
})

describe('a server that closes', () => {
  test('tells its WebSockets to come back, and says GOAWAY', async () => {
    await using rig = await start()
    await using wire = await openWire(rig.session)
    await receives(wire, [greeting('test-0')])
    const goodbye = event(rig.session, 'goaway')
    const closed = rig.close()
    const reason = 'The server restarts. Come back with your cursor.'
    await soon(() => expect(closeOf(wire)).toEqual([1012, reason]))
    expect((await goodbye)[0]).toBe(constants.NGHTTP2_NO_ERROR)
    wire.write(frame(opcodes.close, Buffer.from([0x03, 0xf4])))
    wire.stream.end()
    await closed
    expect(rig.feed.followerCount).toBe(0)
  })

  test('cuts a client that does not answer', async () => {
    const rig = await start()
    const peer = rig.sessions[0] as ServerHttp2Session
    const wire = await openWire(rig.session)
    await rig.close()
    await soon(() => expect(peer.destroyed).toBe(true))
    await soon(() => expect(wire.stream.closed).toBe(true))
  })
})

describe('on the same port, a client of HTTP/1.1', () => {
  test('gets a WebSocket by Upgrade', async () => {
    await using rig = await start(1)
    await using wire = await http1Wire(rig, handshake())
    await wire.until(/^HTTP\/1\.1 101 .*hello/s)
    expect(textsOf(wire)).toEqual([greeting('test-1')])
    wire.write(frame(opcodes.text, 'a'))
    const message = '{"id":"test-2","data":"a"}'
    await soon(() => expect(textsOf(wire).at(-1)).toBe(message))
    const name = `127.0.0.1:${wire.socket.localPort}`
    expect(rig.log).toHaveBeenCalledWith(`${name} connected after test-1`)
  })

  test.each([
    ['a malformed cursor', '/messages?after=x', [], 400, /cursor/],
    ['a foreign page', '/messages', ['origin: http://evil.example'], 403, /^O/],
    ['another path', '/nowhere', [], 404, /no \/nowhere here/],
  ])('is refused %s', async (_, path, headers, status, sentence) => {
    await using rig = await start()
    await using wire = await http1Wire(rig, handshake(path, ...headers))
    const answer = parts(await wire.end())
    expect(answer.status).toContain(`HTTP/1.1 ${status} `)
    expect(answer.body).toMatch(sentence)
  })

  test('is told how to ask when it sends a plain request', async () => {
    await using rig = await start()
    const plain = request('GET /messages', 'connection: close')
    await using wire = await http1Wire(rig, plain)
    const { status, headers, body } = parts(await wire.end())
    expect(status).toBe('HTTP/1.1 426 Upgrade Required')
    expect(headers).toContain('upgrade: websocket')
    expect(body).toBe('Ask for a WebSocket here.\n')
  })

  test('gets the page, on a connection that is kept until the server closes', async () => {
    await using rig = await start()
    await using wire = await http1Wire(rig, request('GET /'))
    await wire.until(/^HTTP\/1\.1 200 .*keep-alive: timeout=30.*<\/html>\n$/is)
    rig.session.destroy()
    const closed = rig.close()
    await wire.end()
    wire.socket.end()
    await closed
  })

  test('may not tunnel through here', async () => {
    await using rig = await start()
    await using wire = await http1Wire(rig, request('CONNECT 127.0.0.1:80'))
    const { status, body } = parts(await wire.end())
    expect(status).toBe('HTTP/1.1 501 Not Implemented')
    expect(body).toMatch(/^This server is no proxy/)
  })

  test('that sends garbage is told so', async () => {
    await using rig = await start()
    await using wire = await http1Wire(rig, 'hello?\r\n\r\n')
    const { status, body } = parts(await wire.end())
    expect(status).toBe('HTTP/1.1 400 Bad Request')
    expect(body).toMatch(/^This is no HTTP\/1\.1 request/)
  })

  test('is told to come back when the server closes', async () => {
    await using rig = await start()
    await using wire = await http1Wire(rig, handshake())
    await wire.until(/hello/)
    rig.session.destroy()
    const closed = rig.close()
    await soon(() => expect(closeOf(wire)?.[0]).toBe(1012))
    wire.write(frame(opcodes.close, Buffer.from([0x03, 0xf4])))
    await wire.end()
    wire.socket.end()
    await closed
  })
})

test('the 129th WebSocket of a connection waits until another one leaves', async () => {
  await using rig = await start()
  const { session } = rig
  const wires = await Promise.all(
    Array.from({ length: 128 }, () => openWire(session)),
  )
  const late = ask(session)
  await new Promise<void>((resolve) => session.ping(() => resolve()))
  expect(rig.feed.followerCount).toBe(128)
  wires[0]?.stream.close(constants.NGHTTP2_CANCEL)
  expect((await late).status).toBe(200)
})
