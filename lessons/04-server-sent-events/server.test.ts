import { afterEach, describe, expect, test, vi } from 'vitest'

import { Feed } from '../feed.ts'
import { type StartOptions, startServer } from '../start.ts'
import {
  answerTo,
  parts,
  request,
  soon,
  unchunked,
  wireTo,
} from '../testing.ts'
import lesson from './index.ts'

afterEach(() => void vi.useRealTimers())

/** A server whose feed `test` has published "1", "2", …, and one connection that asks it. */
async function start(count: number, ask: string, options: StartOptions = {}) {
  const { feed = new Feed({ name: 'test' }) } = options
  for (let n = 1; n <= count; n++) feed.publish(String(n))
  const server = await startServer(lesson, { ...options, feed })
  const wire = await wireTo(server.url, ask)
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

describe('the answer', () => {
  test('has exactly these headers', async () => {
    await using rig = await start(0, request('GET /messages'))
    const { status, headers } = parts(await rig.wire.until(/\n\n\r\n/))
    expect(status).toBe('HTTP/1.1 200 OK')
    // No Connection and no Keep-Alive: HTTP/2 forbids them.
    expect(headers.filter((header) => !header.startsWith('Date: '))).toEqual([
      'x-content-type-options: nosniff',
      'content-type: text/event-stream',
      'cache-control: no-store',
      'x-accel-buffering: no',
      'Transfer-Encoding: chunked',
    ])
  })

  test('begins with an event that has a delay and an id, and is no message', async () => {
    await using rig = await start(2, request('GET /messages'))
    const { body } = parts(await rig.wire.until(/\n\n\r\n/))
    expect(unchunked(body)).toBe(
      'retry: 1000\nid: test-2\nevent: start\ndata: \n\n',
    )
  })

  test('names the delay that its server was given', async () => {
    const options = { retryMs: 250 }
    await using rig = await start(0, request('GET /messages'), options)
    const { body } = parts(await rig.wire.until(/\n\n\r\n/))
    expect(unchunked(body)).toBe(
      'retry: 250\nid: test-0\nevent: start\ndata: \n\n',
    )
  })

  test('goes on with an event for each message', async () => {
    await using rig = await start(0, request('GET /messages'))
    await rig.wire.until(/\n\n\r\n/)
    rig.feed.publish('')
    rig.feed.publish('two\nlines ü\n')
    const { body } = parts(await rig.wire.until(/data: \n\n.*data: \n\n\r\n/s))
    expect(
      unchunked(body).slice(
        'retry: 1000\nid: test-0\nevent: start\ndata: \n\n'.length,
      ),
    ).toBe(
      'id: test-1\ndata: \n\nid: test-2\ndata: two\ndata: lines ü\ndata: \n\n',
    )
  })

  test('carries a comment every heartbeat', async () => {
    const options = { heartbeatMs: 20 }
    await using rig = await start(0, request('GET /messages'), options)
    await rig.wire.until(/data: \n\n\r\n3\r\n:\n\n\r\n3\r\n:\n\n\r\n/)
  })

  test('ends as it should when the server closes', async () => {
    await using rig = await start(0, request('GET /messages'))
    await rig.wire.until(/\n\n\r\n/)
    // It is not the time limit for slow clients that ends the connection.
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    const closed = rig.close()
    expect(await rig.wire.end()).toMatch(/\r\n0\r\n\r\n$/)
    rig.wire.socket.end()
    await closed
  })

  test('is let go of when its client leaves', async () => {
    await using rig = await start(0, request('GET /messages'))
    await rig.wire.until(/\n\n\r\n/)
    expect(rig.feed.followerCount).toBe(1)
    rig.wire.socket.destroy()
    await soon(() => expect(rig.feed.followerCount).toBe(0))
  })
})

describe('a client goes on', () => {
  test.each([
    ['Last-Event-ID', '/messages', ['last-event-id: test-1']],
    ['?after=', '/messages?after=test-1', []],
    [
      'Last-Event-ID, not ?after=',
      '/messages?after=test-0',
      ['last-event-id: test-1'],
    ],
  ])('after %s', async (_, path, headers) => {
    await using rig = await start(3, request(`GET ${path}`, ...headers))
    const { body } = parts(await rig.wire.until(/data: 3\n\n\r\n/))
    expect(unchunked(body)).toBe(
      'retry: 1000\nid: test-1\nevent: start\ndata: \n\nid: test-2\ndata: 2\n\nid: test-3\ndata: 3\n\n',
    )
  })

  test('at the oldest message kept when its own are lost', async () => {
    const feed = new Feed({ name: 'test', maxMessages: 1 })
    const ask = request('GET /messages', 'last-event-id: test-1')
    await using rig = await start(5, ask, { feed })
    const { body } = parts(await rig.wire.until(/data: 5\n\n\r\n/))
    expect(unchunked(body)).toBe(
      'retry: 1000\nid: test-4\nevent: start\ndata: \n\nid: test-5\ndata: 5\n\n',
    )
  })

  test('not with a cursor of another feed', async () => {
    await using rig = await start(2, request('GET /messages'))
    const ask = request(
      'GET /messages',
      'last-event-id: gone-7',
      'connection: close',
    )
    const { status, headers, body } = await answerTo(rig.url, ask)
    expect(status).toBe('HTTP/1.1 400 Bad Request')
    expect(headers).toContain('feed-start: test-0')
    expect(body).toMatch(/^The cursor gone-7 is not of this feed/)
  })
})
