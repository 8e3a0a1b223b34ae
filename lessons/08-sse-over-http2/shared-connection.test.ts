import { getEventListeners, once } from 'node:events'
import http2, { type ServerHttp2Session } from 'node:http2'
import type { AddressInfo } from 'node:net'

import { describe, expect, test } from 'vitest'
import { encodeEvent } from '../04-server-sent-events/event-stream.ts'
import { makeCertificate } from '../certificate.ts'
import type { Message } from '../feed.ts'
import type { ConnectionState, SubscribeOptions } from '../lesson.ts'
import { Link } from '../requirements/link.ts'
import { range } from '../requirements/rig.ts'
import { event, soon } from '../testing.ts'
import { subscribe } from './client.ts'
import { start } from './test-session.ts'

const certificate = await makeCertificate()

/** A subscription that is read all the time, and what it got. */
function read(url: URL, options: SubscribeOptions) {
  const leaving = new AbortController()
  const states: ConnectionState[] = []
  const messages: Message[] = []
  const subscription = subscribe(url, {
    retryMs: 1,
    ...options,
    signal: leaving.signal,
    onState: (state) => states.push(state),
  })
  const ended = (async () => {
    for await (const message of subscription) messages.push(message)
  })()
  return {
    subscription,
    states,
    messages,
    signal: leaving.signal,
    get data() {
      return messages.map(({ data }) => data)
    },
    leave() {
      leaving.abort()
      return ended
    },
  }
}

type Reader = ReturnType<typeof read>

function opened(readers: readonly Reader[]): Promise<void> {
  return soon(() => {
    const open = readers.filter(({ states }) => states.at(-1)?.is === 'open')
    expect(open).toHaveLength(readers.length)
  })
}

async function leave(readers: readonly Reader[]): Promise<void> {
  for (const reader of readers) await reader.leave()
}

/** A server of the lesson, and how many connections clients have with it. */
async function startCounted() {
  const rig = await start()
  await event(rig.session, 'connect')
  rig.session.destroy()
  await soon(() => expect(rig.connections.size).toBe(0))
  return rig
}

test('a hundred subscriptions are streams of one connection, and each receives', async () => {
  await using rig = await startCounted()
  let connections = 0
  rig.server.on('connection', () => connections++)
  const readers = range(1, 100).map(() => read(rig.url, rig))
  await opened(readers)
  expect(rig.feed.followerCount).toBe(100)

  const texts = range(1, 10).map((n) => `message ${n}`)
  for (const text of texts) rig.feed.publish(text)
  for (const reader of readers)
    await soon(() => expect(reader.data).toEqual(texts))

  expect(connections).toBe(1)
  await leave(readers)
  await soon(() => expect(rig.connections.size).toBe(0))
})

test('the next one gets a second connection', async () => {
  await using rig = await startCounted()
  const readers = range(1, 101).map(() => read(rig.url, rig))
  await opened(readers)
  expect(rig.connections.size).toBe(2)
  await leave(readers)
  await soon(() => expect(rig.connections.size).toBe(0))
})

test('one that leaves ends its own stream, and no other; the last one ends the connection', async () => {
  await using rig = await startCounted()
  const readers = range(1, 3).map(() => read(rig.url, rig))
  await opened(readers)
  const [one, two, three] = readers as [Reader, Reader, Reader]
  const [connection] = rig.connections

  await one.leave()
  await soon(() => expect(rig.feed.followerCount).toBe(2))
  rig.feed.publish('for two')
  for (const reader of [two, three])
    await soon(() => expect(reader.data).toEqual(['for two']))
  expect([...rig.connections]).toEqual([connection])

  await two.leave()
  await three.leave()
  await soon(() => expect(rig.connections.size).toBe(0))
  for (const { signal } of readers)
    expect(getEventListeners(signal, 'abort')).toEqual([])
})

test('what a subscription publishes takes the same connection', async () => {
  await using rig = await startCounted()
  let connections = 0
  rig.server.on('connection', () => connections++)
  const reader = read(rig.url, rig)
  await opened([reader])
  await reader.subscription.publish('there and back')
  await soon(() => expect(reader.data).toEqual(['there and back']))
  expect(connections).toBe(1)
  await reader.leave()
})

// nghttp2 allows a burst of 1,000 streams that the client resets, and ends the
// connection at the next one: CVE-2023-44487.
test('1,100 messages published one after the other leave it open', {
  timeout: 60_000,
}, async () => {
  await using rig = await startCounted()
  let connections = 0
  rig.server.on('connection', () => connections++)
  const reader = read(rig.url, rig)
  await opened([reader])
  const texts = range(1, 1_100).map(String)
  for (const text of texts) await reader.subscription.publish(text)
  await soon(() => expect(reader.messages).toHaveLength(texts.length))
  expect(reader.data).toEqual(texts)
  expect(connections).toBe(1)
  await reader.leave()
})

test('to publish without reading opens a connection, and closes it', async () => {
  await using rig = await startCounted()
  await subscribe(rig.url, rig).publish('hello')
  expect(rig.feed.find('test-1')?.data).toBe('hello')
  await soon(() => expect(rig.connections.size).toBe(0))
})

test('one that does not read does not hold up the others', async () => {
  await using rig = await startCounted()
  const lazy = subscribe(rig.url, { ...rig, after: 'test-0' })
  rig.feed.publish('first')
  await lazy.next()
  const reader = read(rig.url, rig)
  await opened([reader])
  // More than the window of a stream, and more than that of a connection.
  const texts = range(1, 30).map((n) => `${n}`.padEnd(100_000, '.'))
  for (const text of texts) rig.feed.publish(text)
  await soon(() => expect(reader.messages).toHaveLength(texts.length))
  expect(rig.connections.size).toBe(1)
  expect((await lazy.next()).value?.data.slice(0, 3)).toBe('1..')
  await lazy.return()
  await reader.leave()
})

test('a broken connection is replaced by one, on which all go on', async () => {
  await using rig = await startCounted()
  await using link = await Link.to(rig.url)
  const readers = range(1, 20).map(() => read(link.url, rig))
  await opened(readers)
  const texts: string[] = []
  for (const n of range(1, 5)) {
    const before = link.connections
    link.cut()
    for (const m of range(1, 3)) {
      const text = `${n}.${m}`
      texts.push(text)
      rig.feed.publish(text)
    }
    for (const reader of readers)
      await soon(() => expect(reader.data).toEqual(texts))
    expect(link.connections - before).toBeLessThanOrEqual(2)
  }
  await leave(readers)
  await soon(() => expect(rig.connections.size).toBe(0))
})

test('a connection that falls silent is left for another, by all of its streams', async () => {
  const heartbeatMs = 100
  await using rig = await start(0, { heartbeatMs })
  await using link = await Link.to(rig.url)
  const readers = range(1, 5).map(() => read(link.url, { ...rig, heartbeatMs }))
  await opened(readers)
  link.freeze()
  rig.feed.publish('hello')
  for (const reader of readers)
    await soon(() => expect(reader.data).toEqual(['hello']))
  await leave(readers)
  expect(link.connections).toBeLessThan(5)
})

describe('a server that', () => {
  /** Answers each stream with one message after the cursor, and does with it what the test says. */
  async function bare(
    onStream: (
      stream: http2.ServerHttp2Stream,
      session: ServerHttp2Session,
      headers: http2.IncomingHttpHeaders,
    ) => void,
    settings: http2.Settings = {},
  ) {
    const server = http2.createSecureServer({ ...certificate, settings })
    const sessions = new Set<ServerHttp2Session>()
    let connections = 0
    server.on('session', (session: ServerHttp2Session) => {
      connections++
      sessions.add(session)
      session.on('error', () => {})
      session.once('close', () => sessions.delete(session))
      session.on('stream', (stream, headers) => {
        stream.on('error', () => {})
        onStream(stream, session, headers)
      })
    })
    server.on('sessionError', () => {})
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    return {
      url: new URL(`https://127.0.0.1:${port}`),
      ca: certificate.cert,
      sessions,
      get connections() {
        return connections
      },
      async [Symbol.asyncDispose]() {
        for (const session of sessions) session.destroy()
        await new Promise((resolve) => server.close(resolve))
      },
    }
  }

  const head = { ':status': 200, 'content-type': 'text/event-stream' }
  const begin = encodeEvent({ event: 'start', id: 'test-0', data: '' })

  function answer(stream: http2.ServerHttp2Stream): void {
    stream.respond(head)
    stream.write(begin)
  }

  test('says GOAWAY gets no new streams on that connection, and keeps the old ones', async () => {
    const streams: http2.ServerHttp2Stream[] = []
    await using server = await bare((stream) => {
      streams.push(stream)
      answer(stream)
    })
    const old = read(server.url, server)
    await opened([old])
    const [session] = server.sessions
    session?.goaway()
    // The client has seen it when it has answered the PING behind it.
    await new Promise((resolve) => session?.ping(resolve))

    const next = read(server.url, server)
    await opened([next])
    expect(server.connections).toBe(2)
    streams[0]?.write(encodeEvent({ id: 'test-1', data: 'still here' }))
    await soon(() => expect(old.data).toEqual(['still here']))
    expect(old.states.filter(({ is }) => is === 'waiting')).toEqual([])
    await leave([old, next])
    await soon(() => expect(server.sessions.size).toBe(0))
  })

  test('resets one stream sees it come back on the same connection', async () => {
    let count = 0
    await using server = await bare((stream) => {
      answer(stream)
      if (++count === 2) setImmediate(() => stream.close(2))
    })
    const first = read(server.url, server)
    await opened([first])
    const second = read(server.url, server)
    await soon(() => expect(count).toBe(3))
    await opened([second])
    expect(server.connections).toBe(1)
    await leave([first, second])
  })

  test('allows fewer streams gets more connections', async () => {
    let streams = 0
    const settings = { maxConcurrentStreams: 10 }
    await using server = await bare((stream) => {
      streams++
      answer(stream)
    }, settings)
    const first = read(server.url, server)
    await opened([first])
    const others = range(1, 24).map(() => read(server.url, server))
    await opened(others)
    expect(server.connections).toBe(3)
    expect(streams).toBe(25)
    await leave([first, ...others])
  })

  test('refuses what came before its limit was known gets it on other connections', async () => {
    const settings = { maxConcurrentStreams: 10 }
    await using server = await bare(answer, settings)
    const readers = range(1, 40).map(() => read(server.url, server))
    await opened(readers)
    expect(server.connections).toBeGreaterThanOrEqual(4)
    await leave(readers)
    await soon(() => expect(server.sessions.size).toBe(0))
  })

  test('names no limit gets all streams on one connection', async () => {
    await using server = await bare(answer)
    const first = read(server.url, server)
    await opened([first])
    const others = range(1, 299).map(() => read(server.url, server))
    await opened(others)
    expect(server.connections).toBe(1)
    await leave([first, ...others])
  })

  test('is left, or takes a message, is told CANCEL or the end: nothing stays open', async () => {
    const codes: number[] = []
    await using server = await bare((stream, _, headers) => {
      stream.on('close', () => codes.push(stream.rstCode))
      if (headers[':method'] === 'GET') return answer(stream)
      stream.respond({ ':status': 201 })
      stream.end('x'.repeat(10_000))
    })
    const reader = read(server.url, server)
    await opened([reader])
    await reader.subscription.publish('hello')
    await soon(() => expect(codes).toHaveLength(1))
    await reader.leave()
    await soon(() => expect(codes).toHaveLength(2))
    expect(codes[1]).toBe(http2.constants.NGHTTP2_CANCEL)
    await soon(() => expect(server.sessions.size).toBe(0))
  })

  test('answers with another type is given up on', async () => {
    await using server = await bare((stream) => {
      stream.respond({ ':status': 200, 'content-type': 'text/html' })
      stream.end('<p>')
    })
    const error = await subscribe(server.url, server)
      .next()
      .catch((error) => error)
    expect(error).toMatchObject({ name: 'SubscribeError', status: 200 })
    expect(error.message).toBe(
      `${server.url}messages must answer 200 with text/event-stream, got 200 with text/html.`,
    )
    await soon(() => expect(server.sessions.size).toBe(0))
  })
})
