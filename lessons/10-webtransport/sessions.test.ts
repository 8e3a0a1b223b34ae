// Many sessions, hostile ones, the way back, datagrams, and how all of it ends.

import { beforeEach, describe, expect, test, vi } from 'vitest'

import { Feed, type Message } from '../feed.ts'
import type { Gap, SubscribeOptions, Subscription } from '../lesson.ts'
import { Link } from '../requirements/link.ts'
import { randomNumbers } from '../requirements/random.ts'
import { connectionsOf } from '../shared/connections.ts'
import { startServer } from '../start.ts'
import { skipIfMissing, soon } from '../testing.ts'
import { subscribe, subscribeByDatagrams } from './client.ts'
import lesson from './index.ts'
import {
  client,
  controlBytes,
  headersFrame,
  hex,
  openTestSession,
  sessionRequest,
  start,
} from './test-client.ts'

vi.setConfig({ testTimeout: 60_000 })
beforeEach(({ skip }) => skipIfMissing(lesson, skip))

/** A subscription that is read, until the test is over. */
function read(
  follow: (url: URL, options: SubscribeOptions) => Subscription,
  url: URL,
  options: SubscribeOptions = {},
) {
  const left = new AbortController()
  const messages: Message[] = []
  const gaps: Gap[] = []
  const states: string[] = []
  const subscription = follow(url, {
    onGap: (gap) => gaps.push(gap),
    onState: ({ is }) => states.push(is),
    retryMs: 10,
    ...options,
    signal: left.signal,
  })
  const reading = (async () => {
    for await (const message of subscription) messages.push(message)
  })()
  return {
    subscription,
    messages,
    gaps,
    states,
    isOpen: () => soon(() => expect(states).toContain('open')),
    async [Symbol.asyncDispose]() {
      left.abort()
      await reading.catch(() => {}) // The test has seen what it wanted.
    },
  }
}

test('a thousand sessions in one process lose nothing on their streams', async () => {
  await using server = await start()
  const perConnection = 10
  const clients = []
  const sessions: { readonly text: string }[] = []
  for (let n = 0; n < 1_000 / perConnection; n++) {
    const one = await client(server.url)
    clients.push(one)
    for (let m = 0; m < perConnection; m++)
      sessions.push(await openTestSession(one, server.url))
  }
  await vi.waitFor(() => expect(server.feed.followerCount).toBe(1_000), {
    timeout: 30_000,
    interval: 20,
  })
  const lines = ['{"id":"test-0"}']
  for (let n = 1; n <= 10; n++) {
    const { id, data } = await server.feed.publish(`message ${n}`)
    lines.push(JSON.stringify({ id, data }))
  }
  const expected = `${lines.join('\n')}\n`
  await vi.waitFor(
    () => {
      // A heartbeat is an empty line.
      for (const { text } of sessions)
        expect(text.replace(/\n+/g, '\n')).toBe(expected)
    },
    { timeout: 30_000, interval: 50 },
  )
  for (const one of clients) one.quic.close(0x100)
  await soon(() => expect(server.feed.followerCount).toBe(0))
})

test('300 mutated clients of HTTP/3 end nothing but their own connections', async () => {
  await using server = await start(1)
  const random = randomNumbers(9114)
  await using steady = await client(server.url)
  const session = await openTestSession(steady, server.url)
  await session.receives('{"id":"test-1"}')

  const request = headersFrame(sessionRequest(server.url))
  const valid = [
    controlBytes,
    hex('02 20'),
    hex('03'),
    Buffer.concat([request, hex('0009 6843 06 00000007 6279')]),
    Buffer.concat([request, hex('0004 1702cafe 4021 00')]),
    Buffer.concat([hex('4054 00'), Buffer.from('a message')]),
    Buffer.concat([hex('4041 00'), Buffer.from('a message')]),
  ]
  const pick = (count: number) => Math.floor(random() * count)
  for (let n = 0; n < 300; n++) {
    const one = await client(server.url, pick(3) === 0 ? hex('') : controlBytes)
    for (const bytes of [request, valid[pick(valid.length)] ?? request]) {
      const copy = Buffer.from(bytes)
      for (let m = pick(4); m >= 0; m--) copy[pick(copy.length)] = pick(256)
      const part = pick(4) === 0 ? copy.subarray(0, pick(copy.length)) : copy
      const open = pick(2) === 0 ? one.oneWay : one.bothWays
      // The connection may have ended over what came before.
      const stream = await open(part).catch(() => undefined)
      if (pick(2) === 0) stream?.end()
      else if (pick(4) === 0) stream?.abandon(pick(1_000))
    }
    one.quic.sendDatagram(Buffer.of(pick(256), pick(256)))
    if (pick(4) > 0) await openTestSession(one, server.url).catch(() => {})
    one.quic.close(0x100)
  }
  const { id } = await server.feed.publish('still here')
  await session.receives(`{"id":"${id}","data":"still here"}`)
  const expected = /^(A client broke the rules|a session began)/
  expect(server.log.filter((line) => !expected.test(line))).toEqual([])
})

describe('a message of a client', () => {
  test('is answered with its id, or with what is wrong', async () => {
    await using server = await start(0, { maxMessageBytes: 10 })
    await using one = await client(server.url)
    await openTestSession(one, server.url)
    await soon(() => expect(server.feed.followerCount).toBe(1))
    const publish = async (bytes: Buffer) => {
      const stream = await one.bothWays(hex('4041 00'), bytes)
      stream.end()
      let answer = ''
      for await (const chunk of stream) answer += chunk
      return answer
    }
    expect(await publish(Buffer.from('hello ✓'))).toBe('{"id":"test-1"}\n')
    expect(await publish(Buffer.alloc(0))).toBe('{"id":"test-2"}\n')
    expect(JSON.parse(await publish(Buffer.alloc(11)))).toMatchObject({
      status: 413,
      reason: expect.stringContaining('at most 10 bytes'),
    })
    expect(JSON.parse(await publish(hex('ff')))).toMatchObject({
      status: 400,
      reason: expect.stringContaining('UTF-8'),
    })
  })

  test('does not wait for one whose stream was opened before', async () => {
    await using server = await start()
    await using one = await client(server.url)
    await openTestSession(one, server.url)
    await soon(() => expect(server.feed.followerCount).toBe(1))
    const slow = await one.bothWays(hex('4041 00'), Buffer.from('slow'))
    const fast = await one.bothWays(hex('4041 00'), Buffer.from('fast'))
    fast.end()
    for await (const answer of fast) expect(String(answer)).toContain('test-1')
    slow.end()
    for await (const answer of slow) expect(String(answer)).toContain('test-2')
  })

  test('that breaks off is not published', async () => {
    await using server = await start()
    await using one = await client(server.url)
    const session = await openTestSession(one, server.url)
    await session.receives('{"id":"test-0"}')
    const broken = await one.bothWays(hex('4041 00'), Buffer.from('half'))
    broken.abandon(0)
    server.feed.publish('whole')
    await session.receives('whole')
    expect(server.feed.read(server.feed.start)).toEqual([
      { id: 'test-1', data: 'whole' },
    ])
  })
})

describe('by datagrams', () => {
  test('messages come as long as none is lost', async () => {
    await using server = await start(3)
    await using reader = read(subscribeByDatagrams, server.url, {
      after: 'test-0',
    })
    await soon(() => expect(reader.messages).toHaveLength(3))
    server.feed.publish('four')
    await soon(() => expect(reader.messages.at(-1)?.data).toBe('four'))
    expect(reader.gaps).toEqual([])
  })

  test('a message that is lost stays lost, and is told of', async () => {
    await using server = await start()
    await using link = await Link.to(server.url)
    await using reader = read(subscribeByDatagrams, link.url)
    await reader.isOpen()
    const publish = async (data: string) => {
      server.feed.publish(data)
      await soon(() => expect(reader.messages.at(-1)?.data).toBe(data))
    }
    await publish('one')
    // Large enough to know the packet by its size.
    let lost = 0
    link.loses = ({ length }, to) =>
      to === 'client' && length > 1_000 && ++lost > 0
    server.feed.publish('x'.repeat(1_000))
    await soon(() => expect(lost).toBe(1))
    await publish('three')
    expect(reader.messages.map(({ data }) => data)).toEqual(['one', 'three'])
    expect(reader.gaps).toEqual([
      { after: 'test-1', resumedAt: 'test-2', lost: 1 },
    ])
  })

  test('a message that fits no packet is one that is lost', async () => {
    await using server = await start()
    await using reader = read(subscribeByDatagrams, server.url)
    await reader.isOpen()
    server.feed.publish('x'.repeat(2_000))
    server.feed.publish('short')
    await soon(() => expect(reader.messages).toHaveLength(1))
    expect(reader.gaps).toMatchObject([{ lost: 1 }])
  })
})

describe('the server', () => {
  test('has one number for TCP and UDP, and counts connections of both', async () => {
    await using server = await start()
    const connections = connectionsOf(server.server)
    await using one = await client(server.url)
    const session = await openTestSession(one, server.url)
    await session.receives('{"id":"test-0"}')
    expect(connections.size).toBe(1)
    for (const connection of connections) connection.destroy()
    await one.end()
    expect(connections.size).toBe(0)
  })

  test('says in a sentence that its port is taken', async () => {
    await using server = await start()
    const port = Number(server.url.port)
    await expect(start(0, { port })).rejects.toThrow(
      `Port ${port} of 127.0.0.1 is taken by another program.`,
    )
  })

  test('needs a certificate', () => {
    expect(() => lesson.serve(new Feed())).toThrow('certificate is missing')
  })

  test('tells who asks over TCP where the messages are', async () => {
    await using server = await start()
    const answer = await fetch(new URL('/messages', server.url))
    expect(answer.status).toBe(421)
    expect(await answer.text()).toContain('on UDP')
  })

  test('says goodbye on close: GOAWAY, and a reason for each session', async () => {
    const server = await start()
    await using one = await client(server.url)
    const session = await openTestSession(one, server.url)
    await session.receives('{"id":"test-0"}')
    const closing = server.close()
    let said = ''
    for await (const chunk of session.request) said += chunk.toString('latin1')
    expect(said).toContain('The server restarts. Come back with your cursor.')
    session.request.end()
    await closing
    expect(await one.end()).toMatchObject({ code: 0x100, isApplication: true })
    // Its id is that of the next request: this one was taken.
    expect(one.streams[0]).toContain('\x07\x01\x04')
  })
})

describe('the client', () => {
  test('does not talk to a server with another certificate', async () => {
    await using server = await start()
    const { makeCertificate } = await import('../certificate.ts')
    const { cert: ca } = await makeCertificate()
    await using reader = read(subscribe, server.url, { ca })
    await soon(() => expect(reader.states).toContain('waiting'))
    expect(reader.states).not.toContain('open')
  })

  test('lets a connection go that it gave up', async () => {
    const { server: own, ...server } = await startServer(lesson)
    const connections = connectionsOf(own)
    {
      await using reader = read(subscribe, server.url, { ca: server.ca })
      await reader.isOpen()
      await reader.subscription.publish('mine')
      await soon(() => expect(reader.messages).toHaveLength(1))
    }
    await soon(() => expect(connections.size).toBe(0))
    await server.close()
  })
})
