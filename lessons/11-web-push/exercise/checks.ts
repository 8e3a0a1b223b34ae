// What Web Push has to keep besides what every transport keeps: what the push
// service sees of the application server.

import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer, text } from 'node:stream/consumers'

import type { OwnCheck } from '../../exercise.ts'
import { SubscribeError } from '../../lesson.ts'
import { read, short } from '../../requirements/reader.ts'
import { type Rig, range, setUp } from '../../requirements/rig.ts'
import { until } from '../../requirements/until.ts'
import { ask, connected, opened } from '../../shared/http2-client.ts'
import { sleep } from '../../shared/sleep.ts'
import { asking } from '../asking.ts'
import { makeKeys } from '../decrypt.ts'
import { decodePayload } from '../payload.ts'

/** A message as it was posted to the push service, and what came of it. */
interface Post {
  /** Where to: the endpoint of a subscription. */
  readonly to: string
  readonly ttl: string
  /** 0 as long as there is no answer. */
  status: number
}

/** Every post from now on. */
function postsAt({ server, url }: Rig): Post[] {
  const posts: Post[] = []
  const see = (request: IncomingMessage, response: ServerResponse) => {
    const { method, url: path = '', headers } = request
    if (method !== 'POST' || !path.startsWith('/push/')) return
    const post = { to: url.origin + path, ttl: `${headers.ttl}`, status: 0 }
    posts.push(post)
    response.on('finish', () => {
      post.status = response.statusCode
    })
  }
  server.on('request' as 'connection', see as never)
  return posts
}

/** A receiver by hand, subscribed and away. */
async function receiver({ url, ca }: Rig, signal: AbortSignal) {
  const session = connected(url, { ca, signal }, { enablePush: false })
  const asked = asking(session, url, 15_000)
  const request = (method: string, path: string, body?: string) =>
    asked(method, path, body).catch((error) => {
      if (!signal.aborted) throw error
      assert.fail(`Waited in vain for the answer to ${method} ${path}.`)
    })
  const { applicationServerKey: vapid, after } = JSON.parse(
    (await request('GET', '/messages')).text,
  )
  const body = JSON.stringify({ vapid })
  const made = await request('POST', '/subscribe', body)
  const path = made.header('location') ?? ''
  const [, endpoint = ''] = /<(.*)>/.exec(made.header('link') ?? '') ?? []
  const { p256dh, auth, decrypt } = makeKeys()

  /** Hands a subscription to the application server. Resolves with the status. */
  const register = async (to: string): Promise<number> => {
    const subscription = { endpoint: to, keys: { p256dh, auth } }
    const path = `/subscriptions?after=${after}`
    try {
      await request('POST', path, JSON.stringify(subscription))
      return 201
    } catch (error) {
      if (error instanceof SubscribeError) return error.status
      throw error
    }
  }

  /** Takes what waits at the push service, and acknowledges it. */
  const collect = async (): Promise<string[]> => {
    const headers = { ':path': path, prefer: 'wait=0' }
    const waiting = ask(session, headers)
    await opened(url, waiting)
    const lines = (await text(waiting)).split('\n').filter(Boolean)
    const texts: string[] = []
    for (const line of lines) {
      const { path } = JSON.parse(line)
      const message = ask(session, { ':path': path })
      await opened(url, message)
      const opaque = await buffer(message)
      texts.push(decodePayload(await decrypt(opaque)).data ?? '')
      await request('DELETE', path)
    }
    return texts
  }

  return {
    endpoint,
    register,
    collect,
    unsubscribe: () => request('DELETE', path),
    [Symbol.dispose]: () => session.destroy(),
  }
}

export const waits: OwnCheck = {
  id: 'waits',
  text: 'The server MUST let a message wait at the push service for a receiver who is away.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const posts = postsAt(rig)
    using away = await receiver(rig, signal)
    await away.register(away.endpoint)
    const texts = ['while it was away', 'and once more']
    for (const text of texts) rig.feed.publish(text)
    const answered = () => posts.filter(({ status }) => status > 0)
    await until(
      () => answered().length >= texts.length,
      signal,
      () =>
        `${texts.length} messages to be posted to the push service, got ${answered().length}`,
    )
    for (const { ttl, status } of posts)
      assert.ok(
        Number(ttl) >= 60,
        `a receiver must have a minute at least to come back; its message was posted with TTL: ${ttl}, answered ${status}, and nothing waits for it now`,
      )
    const came = await away.collect()
    assert.deepEqual(
      [...came].sort(),
      [...texts].sort(),
      `a receiver must find its messages when it comes back, got ${came.map(short).join(', ') || 'none'}`,
    )
  },
}

/** Where a stranger would like this server to post. */
const strangers = [
  'https://127.0.0.1:1/push/stranger',
  'https://192.0.2.1/push/stranger',
  'https://fcm.googleapis.com.example.com/push/stranger',
]

export const endpoint: OwnCheck = {
  id: 'endpoint',
  text: 'The server MUST refuse a subscription whose endpoint is of no push service that it knows.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    using client = await receiver(rig, signal)
    for (const stranger of strangers) {
      const status = await client.register(stranger)
      assert.equal(
        status,
        400,
        `a subscription with the endpoint ${stranger} must be answered 400, got ${status}`,
      )
    }
    const status = await client.register(client.endpoint)
    assert.equal(
      status,
      201,
      `a subscription of the push service here must be answered 201, got ${status}`,
    )
  },
}

/** How many messages come after the one by which the server has heard that somebody is gone. */
const rounds = 5

export const gone: OwnCheck = {
  id: 'gone',
  text: 'The server MUST forget a subscription that the push service calls gone (404 or 410), and go on for the others.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const posts = postsAt(rig)
    using left = await receiver(rig, signal)
    await left.register(left.endpoint)
    const stays = read(rig, signal)
    await stays.isOpen()
    await left.unsubscribe()

    const toLeft = () => posts.filter(({ to }) => to === left.endpoint)
    const texts = range(0, rounds).map((n) => `message ${n}`)
    const when = 'after another one has gone'
    for (const [n, text] of texts.entries()) {
      rig.feed.publish(text)
      await stays.receives(texts, { count: n + 1, when })
      await until(
        () => toLeft().some(({ status }) => status > 0),
        signal,
        'a message to be posted to the one who has gone',
      )
    }
    // The next message may be on its way already when the answer comes.
    const count = toLeft().length
    assert.ok(
      count <= 2,
      `who is gone must be forgotten; the server posted ${count} messages to it, and each was answered ${toLeft()[0]?.status}`,
    )
    await stays.leave()
  },
}

/** How many messages the push service lets wait for one receiver. */
const room = 20

/** Less than the second for which it wants to be left alone. */
const patientMs = 300

export const patience: OwnCheck = {
  id: 'patience',
  text: 'The server MUST come back with a message that was refused with 429, and not before its Retry-After.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const posts = postsAt(rig)
    using slow = await receiver(rig, signal)
    await slow.register(slow.endpoint)
    const texts = range(1, room + 1).map((n) => `message ${n}`)
    for (const text of texts) rig.feed.publish(text)
    const refused = () => posts.filter(({ status }) => status === 429)
    await until(() => refused().length > 0, signal, 'an answer 429')
    await sleep(patientMs, signal)
    const again = posts.length - texts.length
    assert.equal(
      again,
      0,
      `after 429 with Retry-After: 1 the server must wait for a second; it posted ${again} more within ${patientMs} ms`,
    )

    const came = await slow.collect()
    await until(
      async () => {
        // Over, it is told below what did not come.
        came.push(...(await slow.collect().catch(() => [])))
        return came.length > room
      },
      signal,
      () =>
        `the message that was refused with 429; the receiver has ${came.length} of ${texts.length}`,
    )
    assert.deepEqual(
      came.sort(),
      texts.sort(),
      'each message must come once; one came twice',
    )
  },
}
