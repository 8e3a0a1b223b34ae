import { getEventListeners, setMaxListeners } from 'node:events'
import http2, { constants, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo, Socket } from 'node:net'

import { describe, expect, test } from 'vitest'

import { makeCertificate } from '../certificate.ts'
import {
  type ConnectionState,
  SubscribeError,
  type Subscription,
} from '../lesson.ts'
import { Link } from '../requirements/link.ts'
import { range } from '../requirements/rig.ts'
import { bareServer, event, soon, type Wire, wireOn } from '../testing.ts'
import { subscribe } from './client.ts'
import { start } from './test-streams.ts'

const certificate = await makeCertificate()

/** A server of HTTP/2 that does with each stream what the test says. */
async function bareHttp2(
  onStream: (stream: ServerHttp2Stream) => void,
  settings: http2.Settings = { enableConnectProtocol: true },
) {
  const server = http2.createSecureServer({ ...certificate, settings })
  server.on('stream', (stream) => {
    stream.on('error', () => {}) // The client leaves as it likes.
    onStream(stream)
  })
  const sessions = new Set<http2.ServerHttp2Session>()
  server.on('session', (session) => sessions.add(session))
  server.listen(0, '127.0.0.1')
  await event(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: new URL(`https://127.0.0.1:${port}/`),
    ca: certificate.cert,
    sessions,
    async [Symbol.asyncDispose]() {
      for (const session of sessions) session.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
}

/** A controller to whose signal many may listen. */
function many(): AbortController {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  return controller
}

const wireOf = (stream: ServerHttp2Stream): Wire =>
  wireOn(stream as unknown as Socket)

/** What becomes of the first attempt of a subscription: the error, or why it waits. */
async function outcomeOf(url: URL, ca: string | undefined): Promise<string> {
  const leaving = new AbortController()
  let told = ''
  const subscription = subscribe(url, {
    ca,
    signal: leaving.signal,
    onState(state) {
      if (state.is !== 'waiting') return
      told = `waiting: ${state.why}`
      leaving.abort()
    },
  })
  await subscription.next().catch((error) => {
    told = String(error)
  })
  const listeners = () => getEventListeners(leaving.signal, 'abort')
  await soon(() => expect(listeners()).toEqual([]))
  return told
}

describe('one connection', () => {
  test('carries 100 subscriptions', async () => {
    await using rig = await start()
    const leaving = many()
    const options = { ca: rig.ca, signal: leaving.signal }
    const all = range(1, 100).map(() => subscribe(rig.url, options))
    const first = all.map((one) => one.next())
    await soon(() => expect(rig.feed.followerCount).toBe(100))
    await all[7]?.publish('hello')
    for (const { value } of await Promise.all(first))
      expect(value?.data).toBe('hello')
    // The first session is the test's own.
    expect(rig.sessions).toHaveLength(2)

    leaving.abort()
    await Promise.all(all.map((one) => one.next()))
    await soon(() => expect(rig.feed.followerCount).toBe(0))
    await soon(() => expect(rig.sessions[1]?.destroyed).toBe(true))
  })

  test('carries no more than the server allows: there is a second one', async () => {
    await using rig = await start()
    const leaving = many()
    const options = { ca: rig.ca, signal: leaving.signal }
    const follow = () => subscribe(rig.url, options).next()
    // The first of them is told the limit, 128.
    const ends = [follow()]
    await soon(() => expect(rig.feed.followerCount).toBe(1))
    ends.push(...range(1, 128).map(follow))
    await soon(() => expect(rig.feed.followerCount).toBe(129))
    expect(rig.sessions).toHaveLength(3)
    leaving.abort()
    await Promise.all(ends)
  })

  test('breaks for all of its subscriptions, which share the next one', async () => {
    await using rig = await start()
    await using link = await Link.to(rig.url)
    const leaving = new AbortController()
    const { signal } = leaving
    let opened = 0
    const onState = ({ is }: ConnectionState) => {
      if (is === 'open') opened++
    }
    const options = { ca: rig.ca, signal, retryMs: 2, onState }
    const all = range(1, 10).map(() => subscribe(link.url, options))
    const texts: string[] = []
    const read = async (one: Subscription) => {
      for await (const { data } of one) texts.push(data)
    }
    const ends = all.map(read)
    // Each knows where it started, so that it misses nothing from then on.
    await soon(() => expect(opened).toBe(10))
    link.cut()
    rig.feed.publish('after the cut')
    await soon(() => expect(texts).toEqual(Array(10).fill('after the cut')))
    expect(link.connections).toBe(2)
    leaving.abort()
    await Promise.all(ends)
  })

  test('goes on when one of its streams is reset', async () => {
    await using rig = await start()
    const leaving = new AbortController()
    const { signal } = leaving
    const options = { ca: rig.ca, signal, retryMs: 2 }
    const streams: ServerHttp2Stream[] = []
    rig.server.on('stream' as 'connection', (stream: unknown) => {
      streams.push(stream as ServerHttp2Stream)
    })
    const why: string[] = []
    const onState = (state: ConnectionState) => {
      if (state.is === 'waiting') why.push(state.why)
    }
    const all = [
      subscribe(rig.url, { ...options, onState }),
      subscribe(rig.url, options),
    ]
    const next = all.map((one) => one.next())
    await soon(() => expect(rig.feed.followerCount).toBe(2))
    streams[0]?.close(constants.NGHTTP2_CANCEL)
    await soon(() => expect(streams).toHaveLength(3))
    await soon(() => expect(rig.feed.followerCount).toBe(2))
    rig.feed.publish('to both')
    for (const { value } of await Promise.all(next))
      expect(value?.data).toBe('to both')
    expect(why).toEqual(['the server ended the connection'])
    expect(rig.sessions).toHaveLength(2)
    leaving.abort()
    await Promise.all(all.map((one) => one.next()))
  })

  test('that is dead is given up for another one', async () => {
    await using rig = await start(0, { heartbeatMs: 60_000 })
    await using link = await Link.to(rig.url)
    const leaving = new AbortController()
    const { signal } = leaving
    const options = { ca: rig.ca, signal, heartbeatMs: 100, retryMs: 2 }
    const all = range(1, 3).map(() => subscribe(link.url, options))
    const next = all.map((one) => one.next())
    await soon(() => expect(rig.feed.followerCount).toBe(3))
    link.freeze()
    await soon(() => expect(rig.feed.followerCount).toBe(6))
    rig.feed.publish('hello')
    for (const { value } of await Promise.all(next))
      expect(value?.data).toBe('hello')
    leaving.abort()
    await Promise.all(all.map((one) => one.next()))
  })
})

test('a subscription that does not read holds back its own stream only', async () => {
  await using rig = await start()
  const leaving = new AbortController()
  const options = { ca: rig.ca, signal: leaving.signal }
  const stalled = subscribe(rig.url, options)
  const busy = subscribe(rig.url, options)
  const first = [stalled.next(), busy.next()]
  await soon(() => expect(rig.feed.followerCount).toBe(2))
  const texts = range(1, 400).map((n) => `${n}`.padEnd(5_000))
  for (const text of texts) rig.feed.publish(text)
  await Promise.all(first)
  for (const text of texts.slice(1))
    expect((await busy.next()).value?.data).toBe(text)
  // 64 frames wait in the client, and it paused the stream for more.
  for (const text of texts.slice(1))
    expect((await stalled.next()).value?.data).toBe(text)
  leaving.abort()
  await Promise.all([stalled.next(), busy.next()])
})

test('it publishes on the stream that it reads', async () => {
  await using rig = await start()
  const subscription = subscribe(rig.url, { ca: rig.ca })
  const first = subscription.next()
  await subscription.publish('\uFEFFhello')
  expect((await first).value?.data).toBe('\uFEFFhello')
  await subscription.return()
})

test('it goes with a goodbye when its reader stops, and its connection ends', async () => {
  const wires: Wire[] = []
  await using server = await bareHttp2((stream) => {
    stream.respond()
    wires.push(wireOf(stream))
    const text = '{"id":"test-1","data":"a"}'
    stream.write(Buffer.from([0x81, text.length, ...Buffer.from(text)]))
  })
  const subscription = subscribe(server.url, { ca: server.ca })
  await subscription.next()
  await subscription.return()
  const [wire] = wires
  // A close frame without a code, and masked.
  const close = Buffer.from('8880', 'hex')
  await soon(() => expect(wire?.bytes.subarray(0, 2)).toEqual(close))
  wire?.socket.end(Buffer.from('8800', 'hex'))
  const [session] = server.sessions
  await soon(() => expect(session?.destroyed).toBe(true))
})

describe('it ends when its signal aborts', () => {
  test('while it waits for a message', async () => {
    await using rig = await start()
    const leaving = new AbortController()
    const { signal } = leaving
    const next = subscribe(rig.url, { ca: rig.ca, signal }).next()
    await soon(() => expect(rig.feed.followerCount).toBe(1))
    leaving.abort()
    expect((await next).done).toBe(true)
    await soon(() => expect(rig.feed.followerCount).toBe(0))
    await soon(() => expect(getEventListeners(signal, 'abort')).toEqual([]))
  })

  test('while it waits for an answer: the stream is reset', async () => {
    const streams: ServerHttp2Stream[] = []
    await using server = await bareHttp2((stream) => streams.push(stream))
    const leaving = new AbortController()
    const { signal } = leaving
    const next = subscribe(server.url, { ca: server.ca, signal }).next()
    await soon(() => expect(streams).toHaveLength(1))
    leaving.abort()
    expect((await next).done).toBe(true)
    await soon(() => {
      expect(streams[0]?.rstCode).toBe(constants.NGHTTP2_CANCEL)
    })
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  test('while it waits for SETTINGS, also if others wait as well', async () => {
    await using server = await bareServer(() => {}) // It says nothing at all.
    server.url.protocol = 'https:'
    const [one, other] = [new AbortController(), new AbortController()]
    const first = subscribe(server.url, { signal: one.signal }).next()
    const second = subscribe(server.url, { signal: other.signal }).next()
    one.abort()
    expect((await first).done).toBe(true)
    other.abort()
    expect((await second).done).toBe(true)
    for (const { signal } of [one, other])
      expect(getEventListeners(signal, 'abort')).toEqual([])
  })
})

describe('it reports', () => {
  test('a refusal with the sentence of the server', async () => {
    await using rig = await start()
    const options = { after: 'yesterday', ca: rig.ca }
    const error = await subscribe(rig.url, options)
      .next()
      .catch((error) => error)
    expect(error).toBeInstanceOf(SubscribeError)
    expect(error).toMatchObject({ status: 400 })
    expect(error.message).toMatch(/A cursor looks like .* got "yesterday"/)
    await soon(() => expect(rig.sessions[1]?.destroyed).toBe(true))
  })

  test.each([
    [
      'resets the stream',
      (stream: ServerHttp2Stream) =>
        stream.close(constants.NGHTTP2_REFUSED_STREAM),
      /^waiting: .*NGHTTP2_REFUSED_STREAM/,
    ],
    [
      'breaks off',
      (stream: ServerHttp2Stream) => stream.session?.destroy(),
      /^waiting: /,
    ],
    [
      'answers and breaks off',
      (stream: ServerHttp2Stream) => {
        stream.respond()
        stream.end()
      },
      /^waiting: the server ended the connection/,
    ],
    [
      'has a page',
      (stream: ServerHttp2Stream) => {
        stream.respond({ ':status': 204 }, { endStream: true })
      },
      /^SubscribeError: https.* must answer 200 .* got 204/,
    ],
    [
      'sends a frame that is masked',
      (stream: ServerHttp2Stream) => {
        stream.respond()
        stream.write(Buffer.from('818100000000', 'hex'))
      },
      /^waiting: Invalid WebSocket frame: MASK must be clear/,
    ],
  ])('a server that %s', async (_, answer, expected) => {
    await using server = await bareHttp2(answer)
    expect(await outcomeOf(server.url, server.ca)).toMatch(expected)
  })

  test('a server that takes no extended CONNECT', async () => {
    const plain = (stream: ServerHttp2Stream) => {
      stream.respond()
      stream.end('a page')
    }
    await using server = await bareHttp2(plain, {})
    expect(await outcomeOf(server.url, server.ca)).toMatch(
      /^SubscribeError: https:.* takes no WebSocket over HTTP\/2: its SETTINGS have no ENABLE_CONNECT_PROTOCOL/,
    )
  })

  test('a server that closes at once', async () => {
    await using server = await bareServer(({ socket }) => socket.destroy())
    server.url.protocol = 'https:'
    expect(await outcomeOf(server.url, undefined)).toMatch(/^waiting: /)
  })

  test('a server that nobody vouches for', async () => {
    await using rig = await start()
    expect(await outcomeOf(rig.url, undefined)).toMatch(
      /^waiting: self-signed certificate/,
    )
  })
})
