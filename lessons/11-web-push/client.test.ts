// The whole way: feed, application server, push service, client.

import { describe, expect, test } from 'vitest'

import type { Message } from '../feed.ts'
import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { Link } from '../requirements/link.ts'
import { soon } from '../testing.ts'
import lesson from './index.ts'
import { type Rig, send, start, subscribed } from './test-server.ts'

/** Reads a subscription through a link that can fail. */
async function reading(rig: Rig, options: SubscribeOptions = {}) {
  const link = await Link.to(rig.url)
  const leaving = new AbortController()
  const messages: Message[] = []
  let opened = 0
  const subscription: Subscription = lesson.subscribe(link.url, {
    ca: rig.ca,
    retryMs: 5,
    signal: leaving.signal,
    onState: ({ is }) => {
      if (is === 'open') opened++
    },
    ...options,
  })
  const read = (async () => {
    for await (const message of subscription) messages.push(message)
  })()
  return {
    link,
    messages,
    texts: () => messages.map(({ data }) => data),
    isOpen: (times = 1) => soon(() => expect(opened).toBe(times)),
    async leave() {
      leaving.abort()
      await read
    },
    async [Symbol.asyncDispose]() {
      leaving.abort()
      await read.catch(() => {})
      await link.close()
    },
  }
}

/** What was asked of the server, such as `POST /subscribe`. */
function requestsTo(rig: Rig): string[] {
  const asked: string[] = []
  const server = rig.server as unknown as NodeJS.EventEmitter
  server.on('request', ({ method, url }) => {
    asked.push(`${method} ${url.split('/', 2).join('/')}`)
  })
  return asked
}

describe('a client that was away', () => {
  test('gets from the push service what came meanwhile, over the same subscription', async () => {
    await using rig = await start()
    const asked = requestsTo(rig)
    await using reader = await reading(rig)
    await reader.isOpen()
    rig.feed.publish('here')
    await soon(() => expect(reader.texts()).toEqual(['here']))

    reader.link.bytesUntilCut = () => 0
    reader.link.cut()
    const meanwhile = ['one', 'two', 'x'.repeat(10_000), 'four']
    for (const text of meanwhile) rig.feed.publish(text)
    // They are with the push service, and the client is not.
    const posts = () => asked.filter((line) => line === 'POST /push').length
    await soon(() => expect(posts()).toBe(5))
    expect(reader.texts()).toEqual(['here'])

    reader.link.bytesUntilCut = () => Infinity
    await soon(() => expect(reader.texts()).toEqual(['here', ...meanwhile]))
    expect(asked.filter((line) => line === 'POST /subscribe')).toHaveLength(1)
    expect(posts()).toBe(5)
  })

  test('makes a new subscription when its own is gone, and loses nothing', async () => {
    await using rig = await start()
    const asked = requestsTo(rig)
    await using reader = await reading(rig)
    await reader.isOpen()
    rig.feed.publish('here')
    await soon(() => expect(reader.texts()).toEqual(['here']))

    await using next = await start({ feed: rig.feed })
    const askedNext = requestsTo(next)
    reader.link.leadTo(next.url)
    reader.link.cut()
    rig.feed.publish('elsewhere')
    await soon(() => expect(reader.texts()).toEqual(['here', 'elsewhere']))
    expect(asked.filter((line) => line === 'POST /subscribe')).toHaveLength(1)
    expect(askedNext.slice(0, 2)).toEqual([
      'GET /subscription',
      'GET /messages?after=test-1',
    ])
  })
})

test('a client that leaves tells both servers', async () => {
  await using rig = await start()
  const asked = requestsTo(rig)
  await using reader = await reading(rig)
  await reader.isOpen()
  expect(rig.feed.followerCount).toBe(1)
  await reader.leave()
  expect(rig.feed.followerCount).toBe(0)
  expect(asked).toContain('DELETE /subscription')
  expect(asked).toContain('DELETE /subscriptions')
})

test('the application server forgets a subscription of which the push service says that it is gone', async () => {
  await using rig = await start()
  const { path, subscription } = await subscribed(rig)
  const body = JSON.stringify(subscription)
  const { status } = await rig.request('POST', '/subscriptions', {}, body)
  expect(status).toBe(201)
  expect(rig.feed.followerCount).toBe(1)
  await rig.request('DELETE', path)
  rig.feed.publish('is anybody there?')
  await soon(() => expect(rig.feed.followerCount).toBe(0))
  expect(rig.log).toEqual([])
})

test('who subscribes twice with the same endpoint is followed once', async () => {
  await using rig = await start()
  const { subscription } = await subscribed(rig)
  const body = JSON.stringify(subscription)
  const register = () => rig.request('POST', '/subscriptions', {}, body)
  const [one, other] = [await register(), await register()]
  expect(other.headers.location).toBe(one.headers.location)
  expect(rig.feed.followerCount).toBe(1)
  await rig.request('DELETE', String(one.headers.location))
  expect(rig.feed.followerCount).toBe(0)
})

test('what cannot be decrypted, and what is no message, is dropped', async () => {
  await using rig = await start()
  let restricted = ''
  const server = rig.server as unknown as NodeJS.EventEmitter
  server.on('request', ({ method, url }) => {
    if (method === 'POST' && url.startsWith('/push/')) restricted = url
  })
  await using reader = await reading(rig)
  await reader.isOpen()
  rig.feed.publish('first')
  await soon(() => expect(reader.texts()).toEqual(['first']))
  // Nobody else may post there: this subscription is restricted.
  const headers = { ttl: '60', 'content-encoding': 'aes128gcm' }
  const { status } = await rig.request('POST', restricted, headers, 'noise')
  expect(status).toBe(401)
  rig.feed.publish('second')
  await soon(() => expect(reader.texts()).toEqual(['first', 'second']))
})

test('a feed that waits for a full mailbox goes on when it is emptied', async () => {
  await using rig = await start()
  const { path, subscription, keys } = await subscribed(rig)
  const prefer = { prefer: 'wait=0' }
  await rig.request('POST', '/subscriptions', {}, JSON.stringify(subscription))
  for (let n = 1; n <= 30; n++) rig.feed.publish(`${n}`)
  const got: string[] = []
  rig.session.settings({ enablePush: false })
  await soonWhile(async () => {
    const { body } = await rig.request('GET', path, prefer)
    for (const line of body.toString().split('\n').filter(Boolean)) {
      const { path: message } = JSON.parse(line)
      const { body } = await rig.request('GET', message)
      const { data } = JSON.parse(await keys.decrypt(body))
      got.push(data)
      await rig.request('DELETE', message)
    }
    return got.length >= 30
  })
  expect(got).toEqual(Array.from({ length: 30 }, (_, n) => `${n + 1}`))
  expect(await send(rig, subscription, 'room')).toBe(201)
})

/** Acts until it is true. */
async function soonWhile(act: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000
  while (!(await act()))
    if (Date.now() > deadline) expect.fail('It never came to that.')
}
