import { createClient } from 'redis'
import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
} from 'vitest'

import { Link } from '../requirements/link.ts'
import { range } from '../requirements/rig.ts'
import { Refusal } from '../shared/refusal.ts'
import { skipIfMissing, soon } from '../testing.ts'
import { RedisFeed, type RedisFeedOptions } from './redis-feed.ts'
import { findRedis, howToGetRedis, RedisServer } from './redis-server.ts'

const missing = () => (findRedis() ? undefined : howToGetRedis)
let redis: RedisServer
let stream: string
let count = 0

beforeAll(async () => {
  if (findRedis()) redis = await RedisServer.start('everything')
})
afterAll(() => redis?.close())
beforeEach(({ skip }) => {
  skipIfMissing({ missing }, skip)
  stream = `test-${++count}`
})

/** A node of its own, which closes with the test. */
async function node(
  options: RedisFeedOptions = {},
  url = redis.url,
): Promise<RedisFeed> {
  const feed = await RedisFeed.open(url, { stream, retryMs: 5, ...options })
  onTestFinished(() => feed.close())
  return feed
}

/** A link to Redis, which closes with the test. */
async function linkToRedis(): Promise<Link> {
  const link = await Link.to(redis.url)
  onTestFinished(() => link.close())
  return link
}

/** No connection is carried any more, until it is let in again. */
function cutOff(link: Link): void {
  link.bytesUntilCut = () => 0
  link.cut()
}

function letIn(link: Link): void {
  link.bytesUntilCut = () => Infinity
}

/** What somebody receives who follows from `cursor` on. */
function follow(feed: RedisFeed, cursor: string = feed.present) {
  const leaving = new AbortController()
  onTestFinished(() => leaving.abort())
  const ids: string[] = []
  const data: string[] = []
  const follower = { ids, data, ended: false }
  feed
    .follow(cursor, leaving.signal, (message) => {
      ids.push(message.id)
      data.push(message.data)
      return undefined
    })
    .then(() => {
      follower.ended = true
    })
  return follower
}

function newClient() {
  return createClient({ url: redis.url.href })
}

/** Somebody else who does something to Redis. */
async function command<Answer>(
  act: (client: ReturnType<typeof newClient>) => Promise<Answer>,
): Promise<Answer> {
  const client = newClient()
  await client.connect()
  try {
    return await act(client)
  } finally {
    client.destroy()
  }
}

function texts(feed: RedisFeed): string[] {
  return feed.read(feed.start).map(({ data }) => data)
}

function refusalOf(feed: RedisFeed, cursor: string): unknown {
  try {
    return feed.locate(cursor)
  } catch (error) {
    return error
  }
}

describe('a feed that nodes share', () => {
  test('has one order and consecutive ids, whoever publishes', async () => {
    const nodes = await Promise.all([node(), node(), node()])
    const followers = nodes.map((feed) => follow(feed, feed.start))
    const published = await Promise.all(
      range(1, 300).map((n) => nodes[n % 3]?.publish(`${n}`)),
    )
    const { name } = nodes[0]
    for (const { ids, data } of followers) {
      await soon(() => expect(ids).toHaveLength(300))
      expect(ids).toEqual(range(1, 300).map((n) => `${name}-${n}`))
      expect(data).toEqual(followers[0]?.data)
    }
    // Who is told an id finds the message there, and each node keeps its order.
    for (const one of published)
      expect(nodes[0].find(one?.id ?? '')).toEqual(one)
    const ofOne = followers[0]?.data.map(Number).filter((n) => n % 3 === 0)
    expect(ofOne).toEqual(range(1, 100).map((n) => 3 * n))
  })

  test('carries data unchanged', async () => {
    const [one, other] = [await node(), await node()]
    const all = ['', ' ', '\r\n', '\0', 'ü€😀\u2028', 'x'.repeat(300_000)]
    for (const data of all)
      expect((await one.publish(data)).data === data).toBe(true)
    await soon(() => expect(texts(other)).toEqual(all))
    await expect(one.publish('\ud83d')).rejects.toThrow(TypeError)
  })

  test('has its history in a node that comes later, and bounds it', async () => {
    const first = await node()
    for (const n of range(1, 250)) first.publish(`${n}`)
    await first.publish('251')
    const second = await node()
    expect([second.start, second.present]).toEqual([first.start, first.present])
    expect(texts(second)).toEqual(range(1, 251).map(String))
    expect(second.locate(first.start)).toBe(first.start)

    const few = await node({ maxMessages: 3 })
    expect(texts(few)).toEqual(['249', '250', '251'])
    expect(few.locate(first.start)).toBe(`${first.name}-248`)
    const small = await node({ maxBytes: 8 })
    expect(texts(small)).toEqual(['250', '251'])
  })

  test('is read from Redis once for all who follow at a node', async () => {
    const feed = await node()
    const followers = range(1, 100).map(() => follow(feed))
    const calls = async () => {
      const stats = await command((client) => client.info('commandstats'))
      return Number(/^cmdstat_xread:calls=(\d+)/m.exec(stats)?.[1])
    }
    const before = await calls()
    for (const n of range(1, 20)) await feed.publish(`${n}`)
    for (const { data } of followers) expect(data).toHaveLength(20)
    // Nodes of other tests have closed, and one wait may have been over.
    expect((await calls()) - before).toBeLessThan(30)
  })
})

describe('who comes from another node', () => {
  test('waits at one that has not read as far', async () => {
    const link = await linkToRedis()
    const [ahead, behind] = [await node(), await node({}, link.url)]
    await ahead.publish('1')
    await soon(() => expect(texts(behind)).toEqual(['1']))
    cutOff(link)
    for (const data of ['2', '3']) await ahead.publish(data)
    const { present } = ahead
    expect(behind.locate(present)).toBe(present)
    expect(behind.read(present)).toEqual([])
    const follower = follow(behind, present)
    letIn(link)
    await ahead.publish('4')
    await soon(() => expect(follower.data).toEqual(['4']))
  })

  test('with a cursor that was never given out is refused', async () => {
    const feed = await node()
    const { id } = await feed.publish('1')
    const cursor = id.replace(/1$/, '2')
    // Another node may have given it out: first this one has to ask.
    const follower = follow(feed, feed.locate(cursor))
    await soon(() => expect(follower.ended).toBe(true))
    expect(refusalOf(feed, cursor)).toMatchObject({
      status: 400,
      headers: { 'feed-start': feed.start },
    })
    await feed.publish('2')
    expect(feed.locate(cursor)).toBe(cursor)
  })

  test.each(['gone01-1', 'mi8t0xk2-1', 'zzzzzzzz-1', 'mi8t0xk20-1'])(
    'with %s, of a feed that is not in Redis, is refused at once',
    async (cursor) => {
      expect(refusalOf(await node(), cursor)).toBeInstanceOf(Refusal)
    },
  )
})

describe('when Redis', () => {
  test('restarts with its data, all goes on', async () => {
    const [one, other] = [await node(), await node()]
    const follower = follow(other)
    await one.publish('before')
    await redis.kill()
    const published = one.publish('meanwhile')
    await redis.startAgain()
    const { id } = await published
    expect(id).toBe(`${other.name}-2`)
    await soon(() => expect(follower.data).toEqual(['before', 'meanwhile']))
  })

  test('has lost its data, another feed begins, and whoever follows sees it', async () => {
    const [one, other] = [await node(), await node()]
    const follower = follow(other)
    const { name, start } = one
    await one.publish('1')
    await soon(() => expect(follower.data).toEqual(['1']))
    await command((client) => client.del(stream))
    await one.publish('2')
    await soon(() => expect(follower.data).toEqual(['1', '2']))
    expect(one.name).not.toBe(name)
    expect(follower.ids).toEqual([`${name}-1`, `${one.name}-1`])
    expect(other.start).toBe(`${one.name}-0`)
    for (const feed of [one, other])
      expect(refusalOf(feed, start)).toBeInstanceOf(Refusal)
  })

  test.each([
    ['less than it had', ['1']],
    ['something else than it had', ['1', 'another 2']],
    ['more, but not what it had', ['1', 'another 2', '3']],
  ])('comes back with %s, another feed begins', async (_, has) => {
    const link = await linkToRedis()
    const feed = await node({}, link.url)
    const follower = follow(feed)
    for (const data of ['1', '2']) await feed.publish(data)
    const { name } = feed
    cutOff(link)
    await command(async (client) => {
      const [first] = (await client.xRange(stream, '-', '+')) ?? []
      const [opened] = first?.id.split('-') ?? []
      await client.del(stream)
      await client.xAdd(stream, `${opened}-0`, { opened: '' })
      for (const [index, data] of has.entries())
        await client.xAdd(stream, `${opened}-${index + 1}`, {
          by: `other:${index + 1}`,
          data,
        })
    })
    letIn(link)
    await feed.publish('new')
    expect(feed.name).not.toBe(name)
    await soon(() => expect(follower.data).toEqual(['1', '2', 'new']))
    expect(follower.ids.at(-1)).toBe(`${feed.name}-1`)
  })

  test('takes a message whose answer is lost, it is published once', async () => {
    const link = await linkToRedis()
    const [one, other] = [await node({}, link.url), await node()]
    const follower = follow(other)
    await one.publish('before')
    redis.pause()
    // It reaches Redis, which has yet to look at it, when the way there breaks.
    const published = range(1, 3).map((n) => one.publish(`${n}`))
    await soon(() => expect(link.allHaveAsked).toBe(true))
    link.cut()
    redis.resume()
    const messages = await Promise.all(published)
    expect(messages.map(({ data }) => data)).toEqual(['1', '2', '3'])
    await other.publish('after')
    await soon(() =>
      expect(follower.data).toEqual(['before', '1', '2', '3', 'after']),
    )
  })

  test('takes too long, the message is refused and not published later', async () => {
    const feed = await node({ publishMs: 100 })
    const follower = follow(feed)
    redis.pause()
    const refusal = await feed.publish('late').catch((error) => error)
    redis.resume()
    expect(refusal).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1' },
    })
    await soon(async () => {
      await feed.publish('after').catch(() => {})
      expect(follower.data.length).toBeGreaterThan(0)
    })
    expect(follower.data).not.toContain('late')
  })

  test('is out of reach, a node keeps its subscribers and its history', async () => {
    const link = await linkToRedis()
    const lines: string[] = []
    const log = (line: string) => lines.push(line)
    const [one, other] = [await node({ log }, link.url), await node()]
    const follower = follow(one)
    await one.publish('1')
    cutOff(link)
    await soon(() => expect(lines[0]).toMatch(/^Redis is gone: /))
    await other.publish('2')
    expect(texts(one)).toEqual(['1'])
    expect(follower.ended).toBe(false)
    letIn(link)
    await soon(() => expect(follower.data).toEqual(['1', '2']))
    expect(lines).toContain('Redis is there again')
  })

  test('has dropped what a node has not read, the jump shows', async () => {
    const link = await linkToRedis()
    const [one, other] = [await node({}, link.url), await node()]
    const follower = follow(one)
    await one.publish('1')
    cutOff(link)
    for (const n of range(2, 5)) await other.publish(`${n}`)
    await command((client) => client.xTrim(stream, 'MAXLEN', 1))
    letIn(link)
    await soon(() => expect(follower.data).toEqual(['1', '5']))
    expect(one.start).toBe(`${one.name}-4`)
    expect(one.locate(`${one.name}-1`)).toBe(one.start)
  })
})

test('a node that closes refuses what is not published', async () => {
  const link = await linkToRedis()
  const feed = await node({}, link.url)
  cutOff(link)
  const pending = feed.publish('1')
  feed.close()
  await expect(pending).rejects.toMatchObject({ status: 503 })
  await expect(feed.publish('2')).rejects.toMatchObject({ status: 503 })
})

describe('open says in a sentence that', () => {
  test('nobody listens there', async () => {
    const link = await linkToRedis()
    const { url } = link
    await link.close()
    await expect(RedisFeed.open(url)).rejects.toThrow(
      `No Redis listens at ${url.href}. Start one, or name another one with --feed.`,
    )
  })

  test('a password is wanted, and does not tell the one it has', async () => {
    const password = ['CONFIG', 'SET', 'requirepass']
    await command((client) => client.sendCommand([...password, 'secret']))
    const url = new URL(redis.url)
    url.password = 'wrong'
    try {
      const error = await RedisFeed.open(url).catch((error) => error)
      expect(error.message).toMatch(/wants a user and a password/)
      expect(error.message).not.toContain('wrong')
      url.password = 'secret'
      await node({}, url)
    } finally {
      const client = createClient({ url: redis.url.href, password: 'secret' })
      await client.connect()
      await client.sendCommand([...password, ''])
      client.destroy()
    }
  })
})
