// How much one client may have, and that it gets as much again once it let go.

import type { IncomingMessage } from 'node:http'

import { describe, expect, test } from 'vitest'

import serverSentEvents from '../../04-server-sent-events/index.ts'
import { range } from '../../requirements/rig.ts'
import { request, soon, wireTo } from '../../testing.ts'
import { addressOf } from './address.ts'
import { Allowance, Allowances } from './allowance.ts'
import {
  oneByteMore,
  oneByteMoreInFrame,
  oneReaderMore,
  oneSubscriptionMore,
  oneWebSocketMore,
  publishAtOnce,
  sendAtOnce,
  startLimited,
} from './too-much.ts'

describe('the address to count by', () => {
  test.each<[string, string | undefined, string]>([
    ['127.0.0.1', undefined, '127.0.0.1'],
    ['::ffff:127.0.0.1', undefined, '127.0.0.1'],
    ['2001:db8::1', undefined, '2001:db8:0:0::/64'],
    ['2001:DB8:0:7:1:2:3:4', undefined, '2001:db8:0:7::/64'],
    ['::1', undefined, '0:0:0:0::/64'],
    // From somebody whose word does not count, and from a proxy of our own.
    ['192.0.2.1', '198.51.100.7', '192.0.2.1'],
    ['10.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['::ffff:10.0.0.1', '198.51.100.7', '198.51.100.7'],
    // What the client wrote itself stands before what the proxies saw.
    ['10.0.0.1', 'made up, 198.51.100.7', '198.51.100.7'],
    ['10.0.0.1', 'made up, 198.51.100.7, 10.0.0.2', '198.51.100.7'],
    ['10.0.0.1', '2001:db8::1', '2001:db8:0:0::/64'],
    ['10.0.0.1', undefined, '10.0.0.1'],
  ])('%s, forwarded for %s: %s', (remoteAddress, forwarded, wanted) => {
    const asked = {
      socket: { remoteAddress },
      headers: { 'x-forwarded-for': forwarded },
    } as unknown as IncomingMessage
    const proxies = new Set(['10.0.0.1', '10.0.0.2'])
    expect(addressOf(asked, proxies)).toBe(wanted)
  })
})

describe('an allowance of ten a second, five at once', () => {
  const take = (times: readonly number[]) => {
    const allowance = new Allowance(10, 5)
    return times.map((ms) => allowance.take(ms))
  }

  test('is there again as time passes', () => {
    expect(take([0, 0, 0, 0, 0])).toEqual([0, 0, 0, 0, 0])
    expect(take([0, 0, 0, 0, 0, 0, 60, 100, 100])).toEqual([
      0, 0, 0, 0, 0, 100, 40, 0, 100,
    ])
  })

  test('does not grow beyond five', () => {
    expect(take([60_000, ...range(1, 5).map(() => 60_000)])).toEqual([
      0, 0, 0, 0, 0, 100,
    ])
  })

  test('may be spent before it is there', () => {
    const allowance = new Allowance(10, 5)
    expect(allowance.spend(0, 5)).toBe(0)
    expect(allowance.spend(0, 7)).toBe(700)
    expect(allowance.spend(500, 1)).toBe(300)
  })

  test('is forgotten for those who did nothing for the longest', () => {
    const allowances = new Allowances(() => new Allowance(1, 1), 2)
    expect(allowances.of('a').take(0)).toBe(0)
    expect(allowances.of('b').take(0)).toBe(0)
    expect(allowances.of('a').take(0)).toBe(1_000)
    expect(allowances.of('c').take(0)).toBe(0)
    expect(allowances.of('b').take(0)).toBe(0) // Another one.
  })
})

describe('beyond it a client is told', () => {
  test('one subscription more', async () => {
    const told = await oneSubscriptionMore(3)
    expect(told).toMatchObject({ status: 429, retryAfter: '10' })
    expect(told.says).toMatch(/^An address may have 3 subscriptions/)
  })

  test('one WebSocket more', async () => {
    const told = await oneWebSocketMore(3)
    expect(told).toMatchObject({ status: 429, retryAfter: '10' })
    expect(told.says).toMatch(/^An address may have 3 subscriptions/)
  })

  test('one byte more', async () => {
    expect(await oneByteMore(1_000)).toMatchObject({ status: 413 })
    expect(await oneByteMoreInFrame(1_000)).toMatchObject({ code: 1009 })
  })

  test('publishes that come too fast', async () => {
    const { published, told } = await publishAtOnce(30, 2)
    expect(published).toBeGreaterThanOrEqual(2)
    expect(told.length).toBeGreaterThan(0)
    for (const { status, retryAfter } of told) {
      expect(status).toBe(429)
      expect(retryAfter).toBe('1')
    }
  })

  test('one reader more, when others hold too much', async () => {
    const told = await oneReaderMore(1e6)
    expect(told).toMatchObject({ status: 503, retryAfter: '10' })
  })
})

test('a WebSocket that sends too fast waits, and loses nothing', async () => {
  // Two seconds' worth may come at once, and two more take two seconds.
  const { sent, published, tookMs } = await sendAtOnce(100_000, 4)
  expect(published).toBe(sent)
  expect(tookMs).toBeGreaterThan(1_500)
})

test('who lets go of a subscription may have another one', async () => {
  await using server = await startLimited(serverSentEvents, {
    subscriptions: 1,
  })
  const asks = request('GET /messages')
  {
    await using first = await wireTo(server.url, asks)
    await first.until(/event: start/)
    await using second = await wireTo(server.url, asks)
    await second.until(/^HTTP\/1.1 429 /)
  }
  await soon(() => expect(server.feed.followerCount).toBe(0))
  await using third = await wireTo(server.url, asks)
  await third.until(/event: start/)
})
