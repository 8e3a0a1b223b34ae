import { getEventListeners } from 'node:events'

import { afterEach, describe, expect, test, vi } from 'vitest'

import { Feed } from '../feed.ts'
import { type StartOptions, startServer } from '../start.ts'
import { parts, request, soon, type Wire, wireTo } from '../testing.ts'
import lesson from './index.ts'

afterEach(() => void vi.useRealTimers())

const minuteMs = 60_000
const poll = (cursor: string) =>
  request('GET /messages', `if-none-match: "${cursor}"`)

/** A server whose feed `test` has published "1", "2", …, and one connection to it. */
async function start(count: number, options: StartOptions = {}) {
  const feed = new Feed({ name: 'test' })
  for (let n = 1; n <= count; n++) feed.publish(String(n))
  const server = await startServer(lesson, {
    heartbeatMs: minuteMs,
    ...options,
    feed,
  })
  const wire = await wireTo(server.url)
  return {
    feed,
    wire,
    url: server.url,
    close: server.close,
    async [Symbol.asyncDispose]() {
      await wire[Symbol.asyncDispose]()
      await server.close()
    },
  }
}

/** Resolves when `count` requests are held. */
function held(feed: Feed, count = 1): Promise<void> {
  return soon(() => expect(feed.followerCount).toBe(count))
}

/** The answers so far, each as its status, cursor and body. */
async function answers(wire: Wire, count: number) {
  const answer = 'HTTP/1\\.1 (200.*?\r\n\r\n\\[.*?\\]\n|(204|304).*?\r\n\r\n)'
  const text = await wire.until(new RegExp(`^(${answer}){${count}}$`, 's'))
  return text.split(/(?=HTTP\/1\.1)/).map((bytes) => {
    const { status, headers, body } = parts(bytes)
    const etag = headers.find((header) => header.startsWith('etag: '))
    return [status.slice(9), etag?.slice(6), body]
  })
}

describe('a request without news', () => {
  test('is held, and answered by the next message', async () => {
    await using rig = await start(1)
    rig.wire.write(poll('test-1'))
    await held(rig.feed)
    expect(rig.wire.text).toBe('')
    rig.feed.publish('2')
    expect(await answers(rig.wire, 1)).toEqual([
      ['200 OK', '"test-2"', '[{"id":"test-2","data":"2"}]\n'],
    ])
    await held(rig.feed, 0)
  })

  test.each([
    ['If-None-Match', poll('test-1'), '304 Not Modified'],
    ['?after=', request('GET /messages?after=test-1'), '204 No Content'],
  ])('is answered at the limit: %s', async (_, ask, status) => {
    await using rig = await start(1, { heartbeatMs: 20 })
    rig.wire.write(ask)
    expect(await answers(rig.wire, 1)).toEqual([[status, '"test-1"', '']])
    expect(rig.feed.followerCount).toBe(0)
  })

  test('is let go of when its client leaves', async () => {
    await using rig = await start(1)
    const published = vi.spyOn(rig.feed, 'published')
    rig.wire.write(poll('test-1'))
    await held(rig.feed)
    rig.wire.socket.destroy()
    await held(rig.feed, 0)
    const [, gone] = published.mock.calls[0] ?? expect.fail('was not held')
    expect(gone.aborted).toBe(true)
    expect(getEventListeners(gone, 'abort')).toEqual([])
  })

  test('is answered when the server closes, and the connection ends', async () => {
    await using rig = await start(1)
    rig.wire.write(poll('test-1'))
    await held(rig.feed)
    // It is not the time limit for slow clients that ends the connection.
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    const closed = rig.close()
    const answer = parts(await rig.wire.end())
    expect(answer.status).toBe('HTTP/1.1 304 Not Modified')
    expect(answer.headers).toContain('etag: "test-1"')
    rig.wire.socket.end()
    await closed
  })
})

describe('is answered at once:', () => {
  test('a request without a cursor', async () => {
    await using rig = await start(1)
    rig.wire.write(request('GET /messages'))
    expect(await answers(rig.wire, 1)).toEqual([['200 OK', '"test-1"', '[]\n']])
  })

  test('a request behind the present', async () => {
    await using rig = await start(2)
    rig.wire.write(poll('test-1'))
    expect(await answers(rig.wire, 1)).toEqual([
      ['200 OK', '"test-2"', '[{"id":"test-2","data":"2"}]\n'],
    ])
  })

  test('a cursor of another feed', async () => {
    await using rig = await start(1)
    rig.wire.write(poll('gone-1'))
    expect(await rig.wire.until(/\.\n$/)).toMatch(/^HTTP\/1\.1 400 /)
  })
})

test('nothing is lost between two requests', async () => {
  await using rig = await start(0)
  rig.wire.write(poll('test-0'))
  await held(rig.feed)
  // Three while one request is held, and one more while there is none.
  for (const data of ['1', '2', '3']) rig.feed.publish(data)
  await answers(rig.wire, 1)
  rig.feed.publish('4')
  const [first] = await answers(rig.wire, 1)
  rig.wire.write(poll(String(first?.[1]).slice(1, -1)))
  const all = await answers(rig.wire, 2)
  const messages = all.flatMap(([, , body]) => JSON.parse(String(body)))
  expect(messages.map(({ data }) => data)).toEqual(['1', '2', '3', '4'])
})

test('one message answers all who wait', async () => {
  await using rig = await start(1)
  await using other = await wireTo(rig.url, poll('test-1'))
  rig.wire.write(poll('test-1'))
  await held(rig.feed, 2)
  rig.feed.publish('2')
  const answer = ['200 OK', '"test-2"', '[{"id":"test-2","data":"2"}]\n']
  for (const wire of [rig.wire, other])
    expect(await answers(wire, 1)).toEqual([answer])
})
