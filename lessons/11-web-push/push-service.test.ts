// The push service by itself, asked by clients that are not ours.

import { describe, expect, test, vi } from 'vitest'
import webpush from 'web-push'

import { event, soon } from '../testing.ts'
import { collect, request, send, start, subscribed } from './test-server.ts'

const ttl = { ttl: '60' }

describe('POST /subscribe', () => {
  test('answers where to collect, and where others may post', async () => {
    await using rig = await start()
    const { status, headers, body } = await rig.request('POST', '/subscribe')
    expect(status).toBe(201)
    expect(headers.location).toMatch(/^\/subscription\/[\w-]{32}$/)
    const { origin } = rig.url
    expect(headers.link).toMatch(
      new RegExp(`^<${origin}/push/[\\w-]{32}>; rel="urn:ietf:params:push"$`),
    )
    expect(body.toString()).toBe('')
  })

  test.each(['{', '{}', '{"vapid":"x"}', '{"vapid":7}', 'null'])(
    'refuses %j: 400',
    async (body) => {
      await using rig = await start()
      const answer = await rig.request('POST', '/subscribe', {}, body)
      expect(answer.status).toBe(400)
      expect(answer.body.toString()).toMatch(/^The body must be empty, or/)
    },
  )
})

describe('POST to the push resource', () => {
  test('of web-push is accepted, with the address of the message: 201', async () => {
    await using rig = await start()
    const { subscription, push } = await subscribed(rig)
    expect(await send(rig, subscription, 'hello')).toBe(201)
    const { headers } = await rig.request('POST', push, ttl, 'x')
    expect(headers.location).toMatch(/^\/message\/[\w-]{32}\.2$/)
    expect(headers.ttl).toBe('60')
  })

  test('tells that it keeps messages for four weeks at most', async () => {
    await using rig = await start()
    const { push } = await subscribed(rig)
    const { headers } = await rig.request('POST', push, { ttl: '9999999' })
    expect(headers.ttl).toBe('2419200')
  })

  test('without TTL is refused: 400', async () => {
    await using rig = await start()
    const { push } = await subscribed(rig)
    const { status, body } = await rig.request('POST', push, {}, 'x')
    expect(status).toBe(400)
    expect(body.toString()).toMatch(/^TTL must be a number of seconds/)
  })

  test('where there is no subscription: 404; where there was one: 410', async () => {
    await using rig = await start()
    const { push, path, subscription } = await subscribed(rig)
    const { status } = await rig.request('POST', '/push/nowhere', ttl, 'x')
    expect(status).toBe(404)
    expect((await rig.request('DELETE', path)).status).toBe(204)
    for (const method of ['GET', 'DELETE'])
      expect((await rig.request(method, path)).status).toBe(410)
    const gone = await rig.request('POST', push, ttl, 'x')
    expect(gone.status).toBe(410)
    expect(gone.body.toString()).toMatch(/^The subscription is gone: /)
    expect(await send(rig, subscription, 'hello')).toBe(410)
  })

  test('of more than 4,096 bytes is refused: 413', async () => {
    await using rig = await start()
    const { push, subscription } = await subscribed(rig)
    const body = (length: number) => new Uint8Array(length)
    const fits = await rig.request('POST', push, ttl, body(4_096))
    expect(fits.status).toBe(201)
    const more = await rig.request('POST', push, ttl, body(4_097))
    expect(more.status).toBe(413)
    expect(await send(rig, subscription, 'x'.repeat(3_993))).toBe(201)
    expect(await send(rig, subscription, 'x'.repeat(3_994))).toBe(413)
  })

  test('to one for whom 20 messages wait is refused, with a time: 429', async () => {
    await using rig = await start()
    const { push } = await subscribed(rig)
    for (let n = 0; n < 20; n++)
      expect((await rig.request('POST', push, ttl, 'x')).status).toBe(201)
    const full = await rig.request('POST', push, ttl, 'x')
    expect(full.status).toBe(429)
    expect(full.headers['retry-after']).toBe('1')
    // Somebody else has room.
    const other = await subscribed(rig)
    expect((await rig.request('POST', other.push, ttl, 'x')).status).toBe(201)
  })

  test('to a restricted subscription must be signed by its owner: 401, 403', async () => {
    await using rig = await start()
    const vapid = webpush.generateVAPIDKeys()
    const { subscription } = await subscribed(rig, vapid.publicKey)
    const subject = 'mailto:test@example.com'
    const signed = { vapidDetails: { subject, ...vapid } }
    const other = { subject, ...webpush.generateVAPIDKeys() }
    expect(await send(rig, subscription, 'a')).toBe(401)
    expect(await send(rig, subscription, 'b', { vapidDetails: other })).toBe(
      403,
    )
    expect(await send(rig, subscription, 'c', signed)).toBe(201)
  })
})

describe('GET on the subscription', () => {
  test('pushes what waits, then what comes: web-push encrypted it, only the keys open it', async () => {
    await using rig = await start()
    const { subscription, path, keys } = await subscribed(rig)
    await send(rig, subscription, 'while it was away')
    const { status, pushed } = await collect(rig, path)
    expect(status).toBe(200)
    await soon(() => expect(pushed).toHaveLength(1))
    await send(rig, subscription, 'live', { urgency: 'high' })
    await soon(() => expect(pushed).toHaveLength(2))

    expect(pushed.map(({ body }) => keys.decrypt(body))).toEqual([
      'while it was away',
      'live',
    ])
    expect(pushed[1]?.path).toMatch(/^\/message\/[\w-]{32}\.2$/)
    expect(pushed[1]?.headers).toMatchObject({
      ':status': 200,
      'content-encoding': 'aes128gcm',
      'cache-control': 'no-store',
      urgency: 'high',
    })
    expect(pushed[1]?.body.includes('live')).toBe(false)
  })

  test('pushes again what was not acknowledged, and not what was', async () => {
    await using rig = await start()
    const { subscription, path, keys } = await subscribed(rig)
    for (const text of ['a', 'b', 'c']) await send(rig, subscription, text)
    const first = await collect(rig, path)
    await soon(() => expect(first.pushed).toHaveLength(3))
    const { path: acknowledged = '' } = first.pushed[1] ?? {}
    expect((await rig.request('DELETE', acknowledged)).status).toBe(204)
    expect((await rig.request('DELETE', acknowledged)).status).toBe(410)

    const closed = event(first.held, 'close')
    const second = await collect(rig, path)
    await closed // The newest one collects.
    await soon(() => expect(second.pushed).toHaveLength(2))
    expect(second.pushed.map(({ body }) => keys.decrypt(body))).toEqual([
      'a',
      'c',
    ])
  })

  test('may ask for urgent messages only', async () => {
    await using rig = await start()
    const { subscription, path, keys } = await subscribed(rig)
    await send(rig, subscription, 'a rumour', { urgency: 'very-low' })
    await send(rig, subscription, 'a call', { urgency: 'high' })
    const { pushed } = await collect(rig, path, { urgency: 'normal' })
    await soon(() => expect(pushed).toHaveLength(1))
    expect(keys.decrypt(pushed[0]?.body ?? Buffer.of())).toBe('a call')
  })

  test('with Prefer: wait=0 is over at once: 200 with what waits, 204 with nothing', async () => {
    await using rig = await start()
    const { subscription, path } = await subscribed(rig)
    const prefer = { prefer: 'wait=0' }
    expect((await rig.request('GET', path, prefer)).status).toBe(204)
    await send(rig, subscription, 'a')
    const { status, held, pushed } = await collect(rig, path, prefer)
    expect(status).toBe(200)
    await event(held, 'close')
    await soon(() => expect(pushed).toHaveLength(1))
  })

  test('tells a client without push where the messages are', async () => {
    await using rig = await start()
    const { subscription, path, keys } = await subscribed(rig)
    await send(rig, subscription, 'a')
    rig.session.settings({ enablePush: false })
    await event(rig.session, 'localSettings')
    const prefer = { prefer: 'wait=0' }
    const { body } = await rig.request('GET', path, prefer)
    const told = JSON.parse(body.toString())
    expect(told.path).toMatch(/^\/message\//)
    const message = await rig.request('GET', told.path)
    expect(keys.decrypt(message.body)).toBe('a')
    expect(message.headers['content-length']).toBe('104')
    await rig.request('DELETE', told.path)
    expect((await rig.request('GET', told.path)).status).toBe(410)
  })

  test('a newer message with the same topic takes the place of an older one', async () => {
    await using rig = await start()
    const { subscription, path, keys } = await subscribed(rig)
    const topic = { topic: 'score' }
    for (const text of ['1:0', '1:1', '2:1'])
      await send(rig, subscription, text, topic)
    const { pushed } = await collect(rig, path)
    await soon(() => expect(pushed).toHaveLength(1))
    expect(keys.decrypt(pushed[0]?.body ?? Buffer.of())).toBe('2:1')
  })

  test('gets signs of life while nothing comes', async () => {
    // A busy machine must answer PING within it, or is cut off.
    await using rig = await start({ heartbeatMs: 500 })
    const { path } = await subscribed(rig)
    const { held } = await collect(rig, path)
    let signs = 0
    held.on('data', (chunk) => {
      expect(String(chunk)).toMatch(/^\n+$/)
      signs++
    })
    await soon(() => expect(signs).toBeGreaterThan(1))
  })
})

test('a subscription that nobody collects expires: 410', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  try {
    await using rig = await start()
    const { push, path } = await subscribed(rig)
    const other = await subscribed(rig)
    const { held } = await collect(rig, path)
    // The one that is collected lives on, and as long again when that ends.
    vi.advanceTimersByTime(600_000)
    expect((await rig.request('POST', push, ttl, 'x')).status).toBe(201)
    expect((await rig.request('POST', other.push, ttl, 'x')).status).toBe(410)
    held.close()
    await event(held, 'close')
    await rig.request('GET', path, { prefer: 'wait=0' })
    vi.advanceTimersByTime(1_200_000)
    expect((await rig.request('POST', push, ttl, 'x')).status).toBe(410)
  } finally {
    vi.useRealTimers()
  }
})

test('a message that was not collected in time is gone', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    await using rig = await start()
    const { push, path } = await subscribed(rig)
    await rig.request('POST', push, { ttl: '10' }, 'short')
    await rig.request('POST', push, { ttl: '100' }, 'long')
    vi.advanceTimersByTime(11_000)
    const { pushed } = await collect(rig, path)
    await soon(() => expect(pushed).toHaveLength(1))
    expect(pushed[0]?.body.toString()).toBe('long')
  } finally {
    vi.useRealTimers()
  }
})

test('addresses of one kind are no use as another, and cannot be guessed', async () => {
  await using rig = await start()
  const { push, path } = await subscribed(rig)
  const name = (of: string) => of.slice(of.lastIndexOf('/') + 1)
  expect(name(push)).not.toBe(name(path))
  const { status } = await rig.request('GET', `/subscription/${name(push)}`)
  // It was made here, that is all that the answer says.
  expect(status).toBe(410)
  const posted = await rig.request('POST', `/push/${name(path)}`, ttl, 'x')
  expect(posted.status).toBe(410)
  const second = await request(rig.session, 'GET', '/message/x.1')
  expect(second.status).toBe(404)
})
