import http2 from 'node:http2'

import { describe, expect, test } from 'vitest'

import { Feed } from '../feed.ts'
import { event, soon } from '../testing.ts'
import { follow, start } from './test-session.ts'

const opening = 'retry: 1000\nid: test-0\nevent: start\ndata: \n\n'

describe('the answer', () => {
  test('has the headers of lesson 04, and none that HTTP/2 forbids', async () => {
    await using rig = await start()
    const got = follow(rig.session, '/messages')
    await soon(() => expect(got.text).toBe(opening))
    expect(got.head).toEqual({
      ':status': 200,
      'x-content-type-options': 'nosniff',
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      date: expect.any(String),
      [http2.sensitiveHeaders]: [],
    })
  })

  test('is the event stream of lesson 04, byte for byte', async () => {
    await using rig = await start()
    const got = follow(rig.session, '/messages')
    await soon(() => expect(got.text).toBe(opening))
    rig.feed.publish('')
    rig.feed.publish('two\nlines ü\n')
    await soon(() =>
      expect(got.text).toBe(
        `${opening}id: test-1\ndata: \n\nid: test-2\ndata: two\ndata: lines ü\ndata: \n\n`,
      ),
    )
  })

  test.each([
    ['Last-Event-ID', '/messages', { 'last-event-id': 'test-1' }],
    ['?after=', '/messages?after=test-1', {}],
    [
      'Last-Event-ID, not ?after=',
      '/messages?after=test-0',
      { 'last-event-id': 'test-1' },
    ],
  ])('goes on after %s, and repeats it', async (_, path, headers) => {
    await using rig = await start(2)
    const got = follow(rig.session, path, headers)
    await soon(() =>
      expect(got.text).toBe(
        'retry: 1000\nid: test-1\nevent: start\ndata: test-1\n\nid: test-2\ndata: 2\n\n',
      ),
    )
  })

  test('begins at the oldest message kept when those after the cursor are lost', async () => {
    const feed = new Feed({ name: 'test', maxMessages: 1 })
    await using rig = await start(5, { feed })
    const got = follow(rig.session, '/messages?after=test-1')
    await soon(() =>
      expect(got.text).toBe(
        'retry: 1000\nid: test-4\nevent: start\ndata: test-1\n\nid: test-5\ndata: 5\n\n',
      ),
    )
  })

  test('is refused for a cursor that is empty', async () => {
    await using rig = await start()
    const got = follow(rig.session, '/messages?after=')
    await soon(() => expect(got.text).toMatch(/^A cursor looks like test-0/))
    expect(got.head).toMatchObject({ ':status': 400 })
  })

  test('carries a comment every heartbeat', async () => {
    await using rig = await start(0, { heartbeatMs: 400 })
    const got = follow(rig.session, '/messages')
    await soon(() => expect(got.text).toBe(`${opening}:\n\n:\n\n`))
  })

  test('carries no comments while its client does not read', async () => {
    await using rig = await start(0, { heartbeatMs: 400 })
    const opened = event(rig.server, 'stream')
    const got = follow(rig.session, '/messages')
    const [full] = (await opened) as [http2.ServerHttp2Stream]
    const other = follow(rig.session, '/messages?topics=none')
    await soon(() => expect(got.text).toMatch(/^retry/))
    got.stream.pause()
    rig.feed.publish('x'.repeat(500_000))
    await soon(() => expect(full.writableNeedDrain).toBe(true))
    const waiting = full.writableLength
    const from = other.text.length
    await soon(() => expect(other.text.slice(from)).toMatch(/(:\n\n){2}/))
    expect(full.writableLength).toBeLessThanOrEqual(waiting)
  })
})

describe('streams of one connection', () => {
  test('end one by one', async () => {
    await using rig = await start()
    const [one, other] = [
      follow(rig.session, '/messages'),
      follow(rig.session, '/messages'),
    ]
    await soon(() => expect(rig.feed.followerCount).toBe(2))
    one.stream.close(http2.constants.NGHTTP2_CANCEL)
    await soon(() => expect(rig.feed.followerCount).toBe(1))
    rig.feed.publish('still here')
    await soon(() => expect(other.text).toMatch(/still here/))
    expect(rig.session.destroyed).toBe(false)
  })

  test('do not wait for one that does not read', async () => {
    await using rig = await start()
    const stalled = rig.session.request({ ':path': '/messages' })
    await event(stalled, 'response')
    const reading = follow(rig.session, '/messages')
    await soon(() => expect(reading.text).toBe(opening))
    // Many times the window of a stream, and of the connection.
    for (let n = 0; n < 20; n++) rig.feed.publish('x'.repeat(50_000))
    await soon(() => expect(reading.text.length > 1_000_000).toBe(true))
    expect(stalled.readableLength).toBeLessThan(100_000)
  })

  test('are 100, and the server says so', async () => {
    await using rig = await start()
    await event(rig.session, 'remoteSettings')
    expect(rig.session.remoteSettings.maxConcurrentStreams).toBe(100)
  })

  test('end with the server, as they should', async () => {
    await using rig = await start()
    const streams = [1, 2, 3].map(() => follow(rig.session, '/messages'))
    await soon(() => expect(rig.feed.followerCount).toBe(3))
    const ends = streams.map(({ stream }) => event(stream, 'end'))
    await rig.close()
    await Promise.all(ends)
    expect(streams.map(({ stream }) => stream.rstCode)).toEqual([0, 0, 0])
  })
})

describe('with topics', () => {
  test('only their messages come, with the ids that they have', async () => {
    await using rig = await start()
    const got = follow(rig.session, '/messages?topics=prices,news')
    await soon(() => expect(got.text).toBe(opening))
    for (const data of ['prices: 1', 'weather: rain', 'no topic', 'news: \n2'])
      rig.feed.publish(data)
    await soon(() =>
      expect(got.text).toBe(
        `${opening}id: test-1\ndata: prices: 1\n\nid: test-4\ndata: news: \ndata: 2\n\n`,
      ),
    )
  })

  test('a heartbeat names the position when messages were left out', async () => {
    await using rig = await start(0, { heartbeatMs: 400 })
    const got = follow(rig.session, '/messages?topics=news')
    await soon(() => expect(got.text).toMatch(/^retry/))
    for (const n of [1, 2, 3]) rig.feed.publish(`prices: ${n}`)
    // An id without data: no message, but the browser keeps it.
    await soon(() => expect(got.text).toMatch(/\n\nid: test-3\n\n:\n\n/))
    expect(got.text).not.toMatch(/prices/)
  })

  test('that are no words are refused', async () => {
    await using rig = await start()
    const got = follow(rig.session, '/messages?topics=a,,b')
    await soon(() =>
      expect(got.text).toBe(
        'topics must be words of a-z with commas between, such as prices,news, got "a,,b".\n',
      ),
    )
    expect(got.head).toMatchObject({ ':status': 400 })
  })
})
