// Each figure, in a situation in which it is known.

import { readFileSync } from 'node:fs'

import { afterEach, describe, expect, test } from 'vitest'

import serverSentEvents from '../../04-server-sent-events/index.ts'
import webSocket from '../../05-websocket/index.ts'
import { Feed } from '../../feed.ts'
import type { Lesson } from '../../lesson.ts'
import { range } from '../../requirements/rig.ts'
import { listen } from '../../start.ts'
import { request, soon, wireTo } from '../../testing.ts'
import { Followers } from './followers.ts'
import { metricsServer } from './metrics-server.ts'
import { observe } from './observe.ts'

let over = new AbortController()
afterEach(() => {
  over.abort()
  over = new AbortController()
})

async function start({ serve }: Lesson, feed: Feed) {
  const { server, registry } = observe(feed, serve, over.signal)
  const listening = await listen(server, 0, '127.0.0.1')
  return {
    url: listening.url,
    registry,
    /** The value of a figure; undefined when it has none. */
    async value(name: string): Promise<number | undefined> {
      const metric = await registry.getSingleMetric(name)?.get()
      return metric?.values[0]?.value
    },
    async refusals(): Promise<Record<string, number>> {
      const metric = await registry
        .getSingleMetric('push_refusals_total')
        ?.get()
      const values = metric?.values ?? []
      return Object.fromEntries(
        values.map(({ labels, value }) => [labels.status, value]),
      )
    },
    /** How many lines there are about pushing. */
    async lines(): Promise<number> {
      return (await registry.metrics()).match(/^push_.*/gm)?.length ?? 0
    },
    [Symbol.asyncDispose]: listening.close,
  }
}

describe.each([
  ['04', serverSentEvents],
  ['05', webSocket],
])('a server of lesson %s', (_, lesson) => {
  test('is seen through its figures', async () => {
    const feed = new Feed({ maxMessages: 10 })
    const start0 = feed.present
    await using server = await start(lesson, feed)
    const seen = async () => ({
      subscribers: await server.value('push_subscribers'),
      connections: await server.value('push_connections'),
      messages: await server.value('push_messages_total'),
      deliveries: await server.value('push_deliveries_total'),
      reconnects: await server.value('push_reconnects_total'),
      gaps: await server.value('push_gaps_total'),
      lag: await server.value('push_lag_messages'),
    })
    const linesAtFirst = await server.lines()
    const none = { reconnects: 0, gaps: 0, lag: 0 }
    expect(await seen()).toEqual({
      ...none,
      subscribers: 0,
      connections: 0,
      messages: 0,
      deliveries: 0,
    })

    const leaving = new AbortController()
    const read = async (after?: string) => {
      const { signal } = leaving
      const options = { after, signal, onGap: () => {} }
      for await (const _ of lesson.subscribe(server.url, options));
    }
    const readers = [read(), read()]
    await soon(() => expect(feed.followerCount).toBe(2 + 2))
    for (const n of range(1, 12)) feed.publish(`${n}`)
    expect(await seen()).toEqual({
      ...none,
      subscribers: 2,
      connections: 2,
      messages: 12,
      deliveries: 24,
    })

    // One that has all, one that misses two, one of a feed that is gone.
    readers.push(read(feed.present))
    await soon(() => expect(feed.followerCount).toBe(2 + 3))
    expect(await seen()).toMatchObject({ reconnects: 1, gaps: 0 })
    readers.push(read(start0))
    await soon(() => expect(feed.followerCount).toBe(2 + 4))
    expect(await seen()).toMatchObject({ reconnects: 2, gaps: 1 })
    readers.push(read('gone00-7'))
    await soon(() => expect(feed.followerCount).toBe(2 + 5))
    // The refusal, and the second try after it.
    expect(await seen()).toMatchObject({ reconnects: 4, gaps: 2 })

    leaving.abort()
    await Promise.all(readers)
    await soon(() => expect(feed.followerCount).toBe(2))
    expect(await server.value('push_subscribers')).toBe(0)
    // None has left a line behind, but for the status that one was refused with.
    expect(await server.lines()).toBe(linesAtFirst + 1)
    expect(await server.refusals()).toEqual({ 400: 1 })
  })

  test('a reader that reads nothing is behind, holds bytes, and loses what is forgotten', async () => {
    const feed = new Feed({ maxMessages: 20 })
    await using server = await start(lesson, feed)
    const isWebSocket = lesson === webSocket
    const opening = isWebSocket ? handshake('/messages') : get('/messages')
    await using wire = await wireTo(server.url, opening)
    await wire.until(isWebSocket ? /^HTTP\/1.1 101 / : /event: start/)
    await soon(() => expect(feed.followerCount).toBe(3))
    wire.socket.pause()
    // All in one turn: there is room for the first one, and nobody can read.
    const data = '.'.repeat(1_000_000)
    for (const _ of range(1, 40)) feed.publish(data)
    expect(await server.value('push_deliveries_total')).toBe(1)
    expect(await server.value('push_lag_messages')).toBe(40)
    expect(await server.value('push_gaps_total')).toBe(0)

    // It goes on with the oldest one that is kept, until the systems' buffers
    // are full: they take a few of the 20 MB.
    await soon(async () => {
      expect(await server.value('push_gaps_total')).toBe(1)
      const held = await server.value('push_buffered_bytes')
      expect(held).toBeGreaterThan(100_000)
    })
    expect(await server.value('push_lag_messages')).toBeGreaterThan(1)
    expect(await server.value('push_lag_seconds')).toBeGreaterThan(0)

    wire.socket.removeAllListeners('data').resume()
    await soon(async () => {
      expect(await server.value('push_lag_messages')).toBe(0)
      expect(await server.value('push_buffered_bytes')).toBe(0)
    })
    expect(await server.value('push_lag_seconds')).toBe(0)
    expect(await server.value('push_deliveries_total')).toBe(1 + 20)
    expect(await server.value('push_gaps_total')).toBe(1)
  })

  test('a refused request is counted by its status', async () => {
    await using server = await start(lesson, new Feed())
    const refused = [get('/nowhere'), get('/nowhere')]
    const path = '/messages?after=nonsense'
    refused.push(lesson === webSocket ? handshake(path) : get(path))
    for (const bytes of refused) {
      await using wire = await wireTo(server.url, bytes)
      await wire.until(/^HTTP[\s\S]*\n$/)
    }
    await soon(async () =>
      expect(await server.refusals()).toEqual({ 404: 2, 400: 1 }),
    )
  })
})

function get(path: string): string {
  return request(`GET ${path}`)
}

function handshake(path: string): string {
  return request(
    `GET ${path}`,
    'connection: upgrade',
    'upgrade: websocket',
    'sec-websocket-version: 13',
    'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
  )
}

test('the age of what the slowest has yet to get', async () => {
  const feed = new Feed()
  const followers = new Followers(feed, over.signal)
  let reads = () => {}
  const room = () =>
    new Promise<void>((resolve) => {
      reads = resolve
    })
  void followers.follow(feed.present, over.signal, room)
  expect(followers.lagMs(Date.now())).toBe(0)
  const before = Date.now()
  for (const n of range(1, 3)) feed.publish(`${n}`)
  const after = Date.now()
  // Not even the first one has left: its connection is full with it.
  expect(followers.lagMessages).toBe(3)
  expect(followers.lagMs(before + 60_000)).toBeLessThanOrEqual(60_000)
  expect(followers.lagMs(after + 60_000)).toBeGreaterThanOrEqual(60_000)
  // Another one has all of it, and is never late.
  void followers.follow(feed.present, over.signal, () => undefined)
  expect(followers.count).toBe(2)
  expect(followers.late(10_000, before + 10_000)).toBe(0)
  expect(followers.late(10_000, after + 10_001)).toBe(1)
  for (const left of [2, 1, 0]) {
    reads()
    await new Promise(setImmediate)
    expect(followers.lagMessages).toBe(left)
  }
  expect(followers.lagMs(after + 60_000)).toBe(0)
  expect(followers.late(10_000, after + 60_000)).toBe(0)
})

test('Prometheus can read it, and each alert names figures that there are', async () => {
  await using server = await start(serverSentEvents, new Feed())
  await using telling = await listen(
    metricsServer(server.registry),
    0,
    '127.0.0.1',
  )
  const answer = await fetch(new URL('/metrics', telling.url))
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=/)
  const lines = (await answer.text()).trimEnd().split('\n')
  // https://prometheus.io/docs/instrumenting/exposition_formats/
  const sample = /^([a-z_\d]+)(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? \S+$/
  const samples = lines.filter((line) => !/^#|^$/.test(line))
  for (const line of samples) expect(line).toMatch(sample)
  const names = samples.map((line) => sample.exec(line)?.[1])

  const rules = readFileSync(new URL('alerts.yml', import.meta.url), 'utf8')
  const used = rules
    .split('\n')
    .filter((line) => line.trimStart().startsWith('expr:'))
    .flatMap((line) => line.match(/\b(push|nodejs)_\w+/g) ?? [])
  expect(used.length).toBeGreaterThan(5)
  expect(names).toEqual(expect.arrayContaining(used))

  const elsewhere = await fetch(telling.url)
  expect(elsewhere.status).toBe(404)
})
