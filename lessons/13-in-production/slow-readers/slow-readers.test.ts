// What each policy does to a slow reader, and to a server that has one.

import { afterEach, describe, expect, test } from 'vitest'

import httpStreaming from '../../03-http-streaming/index.ts'
import serverSentEvents from '../../04-server-sent-events/index.ts'
import webSocket from '../../05-websocket/index.ts'
import { Feed } from '../../feed.ts'
import { range } from '../../requirements/rig.ts'
import { connectionsOf } from '../../shared/connections.ts'
import { startServer } from '../../start.ts'
import { request, soon, wireTo } from '../../testing.ts'
import { type Policy, TooSlow, withPolicy } from './policies.ts'
import { readSlowly } from './slow-reader.ts'

const policies: readonly Policy[] = [
  { is: 'wait' },
  { is: 'drop-oldest', keep: 3 },
  { is: 'keep-latest' },
  { is: 'disconnect', most: 5 },
]

let leave = () => {}
afterEach(() => leave())

/** A reader whose connection is full with every message until it has read. */
function follow(feed: Feed, policy: Policy, cursor = feed.present) {
  const leaving = new AbortController()
  leave = () => leaving.abort()
  const got: string[] = []
  let reads = () => {}
  const followed = withPolicy(feed, policy).follow(
    cursor,
    leaving.signal,
    ({ data }) => {
      got.push(data)
      return new Promise<void>((resolve) => {
        reads = resolve
      })
    },
  )
  return {
    got,
    followed,
    /** Reads one message after the other until there is none. */
    async readAll() {
      for (let count = -1; count < got.length; ) {
        count = got.length
        reads()
        await new Promise(setImmediate)
      }
    },
  }
}

function publish(feed: Feed, from: number, to: number) {
  for (const n of range(from, to)) feed.publish(`${n}`)
}

describe('a reader that has read nothing of ten messages but the first one', () => {
  test.each<[Policy, number[]]>([
    [{ is: 'wait' }, range(1, 10)],
    [{ is: 'drop-oldest', keep: 3 }, [1, 8, 9, 10]],
    [{ is: 'keep-latest' }, [1, 10]],
    [{ is: 'disconnect', most: 9 }, range(1, 10)],
  ])('%o', async (policy, wanted) => {
    const feed = new Feed()
    const reader = follow(feed, policy)
    publish(feed, 1, 10)
    await reader.readAll()
    expect(reader.got).toEqual(wanted.map(String))
  })
})

test.each(policies)('a reader that keeps up gets all: $is', async (policy) => {
  const feed = new Feed()
  const reader = follow(feed, policy)
  for (const n of range(1, 20)) {
    publish(feed, n, n)
    await reader.readAll()
  }
  expect(reader.got).toEqual(range(1, 20).map(String))
})

test.each(policies)('nobody follows who has left: $is', async (policy) => {
  const feed = new Feed()
  const { followed } = follow(feed, policy)
  expect(feed.followerCount).toBeGreaterThan(0)
  leave()
  await followed
  expect(feed.followerCount).toBe(0)
})

describe('who falls back by more than five messages', () => {
  test('is cut off', async () => {
    const feed = new Feed()
    const { followed } = follow(feed, { is: 'disconnect', most: 5 })
    publish(feed, 1, 6)
    expect(feed.followerCount).toBe(2)
    publish(feed, 7, 7)
    await expect(followed).rejects.toThrow(TooSlow)
    expect(feed.followerCount).toBe(0)
  })

  test('is not cut off for what it missed while it was away', async () => {
    const feed = new Feed()
    const start = feed.present
    publish(feed, 1, 100)
    const reader = follow(feed, { is: 'disconnect', most: 5 }, start)
    publish(feed, 101, 105)
    await reader.readAll()
    expect(reader.got).toEqual(range(1, 105).map(String))
  })
})

describe.each([
  ['03', httpStreaming, ''],
  ['04', serverSentEvents, ''],
  [
    '05',
    webSocket,
    'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: MTIzNDU2Nzg5MDEyMzQ1Ng==',
  ],
] as const)('a server of lesson %s', (_, lesson, headers) => {
  test('cuts the connection of who is too far behind', async () => {
    const feed = new Feed()
    const serve: typeof lesson.serve = (feed, options) =>
      lesson.serve(withPolicy(feed, { is: 'disconnect', most: 100 }), options)
    await using started = await startServer({ ...lesson, serve }, { feed })
    const sockets = connectionsOf(started.server)
    const asks = request('GET /messages', ...(headers ? [headers] : []))
    await using wire = await wireTo(started.url, asks)
    wire.socket.pause()
    await soon(() => expect(feed.followerCount).toBe(2))
    // Until it fills what the system takes for this connection, and more.
    const data = '.'.repeat(250_000)
    await soon(() => {
      feed.publish(data)
      expect(feed.followerCount).toBe(0)
    })
    await soon(() => expect(sockets.size).toBe(0))
  })
})

describe('a reader of lesson 04', () => {
  const options = {
    lesson: serverSentEvents,
    messages: 200,
    bytes: 250_000,
    publishEveryMs: 1,
    readEveryMs: 3,
    history: 200,
  }

  test('makes a server that does not ask for room hold what it has not read', async () => {
    const seen = await readSlowly(options)
    expect(seen.read).toBe(options.messages)
    expect(seen.heldBytes).toBeGreaterThan(10 * options.bytes)
  })

  test.each<Policy>([
    { is: 'wait' },
    { is: 'drop-oldest', keep: 3 },
    { is: 'keep-latest' },
    { is: 'disconnect', most: 50 },
  ])(
    'costs it one message, and is told of each that it loses: $is',
    async (policy) => {
      const seen = await readSlowly({ ...options, policy })
      expect(seen.heldBytes).toBeGreaterThan(0)
      expect(seen.heldBytes).toBeLessThan(2 * options.bytes)
      expect(seen.read + seen.lost).toBe(options.messages)
    },
  )
})
