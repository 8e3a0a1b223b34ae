import http2, {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
} from 'node:http2'
import { text } from 'node:stream/consumers'

import { describe, expect, test } from 'vitest'

import { event, soon } from '../testing.ts'
import { get, start } from './test-session.ts'

/** Keeps the promises that the server makes. */
function promisesOf(session: ClientHttp2Session) {
  const promises: { request: object; head: unknown[]; body: string }[] = []
  session.on('stream', async (stream: ClientHttp2Stream, headers) => {
    const promise = { request: { ...headers }, head: [] as unknown[], body: '' }
    promises.push(promise)
    stream.on('push', (head: IncomingHttpHeaders) => promise.head.push(head))
    promise.body = await text(stream)
  })
  return promises
}

function promisedHead(length: number) {
  return {
    ':status': 200,
    'content-type': 'text/plain; charset=utf-8',
    'content-length': `${length}`,
    date: expect.any(String),
    [http2.sensitiveHeaders]: [],
  }
}

describe('GET /messages', () => {
  test('promises each message after the cursor, and answers it', async () => {
    await using rig = await start(2)
    const promises = promisesOf(rig.session)
    const held = rig.session.request({ ':path': '/messages?after=test-1' })
    const [head] = (await event(held, 'response')) as [IncomingHttpHeaders]
    expect(head).toMatchObject({ ':status': 200, etag: '"test-1"' })
    rig.feed.publish('ü\n')

    await soon(() => expect(promises[1]?.body).toBe('ü\n'))
    expect(promises.map(({ request }) => request)).toEqual(
      ['/messages/test-2', '/messages/test-3'].map((path) => ({
        ':path': path,
        ':method': 'GET',
        ':authority': rig.url.host,
        ':scheme': 'https',
        [http2.sensitiveHeaders]: [],
      })),
    )
    expect(promises.map(({ head }) => head)).toEqual([
      [promisedHead(1)],
      [promisedHead(3)],
    ])
    expect(promises.map(({ body }) => body)).toEqual(['2', 'ü\n'])
  })

  test('promises the next message when the last one is sent', async () => {
    await using rig = await start(0, { initialWindowSize: 5 })
    const pushed: ClientHttp2Stream[] = []
    rig.session.on('stream', (stream) => void pushed.push(stream.pause()))
    const held = rig.session.request({ ':path': '/messages' })
    await event(held, 'response')
    for (const data of ['123456', '2']) rig.feed.publish(data)
    await soon(() => expect(pushed).toHaveLength(1))
    expect((await get(rig.session, '/messages/test-2')).body).toBe('2')
    expect(pushed).toHaveLength(1)
    for (const stream of pushed) stream.resume()
    await soon(() => expect(pushed).toHaveLength(2))
  })

  test('goes on after a promise that the client refuses', async () => {
    await using rig = await start()
    const paths: unknown[] = []
    rig.session.on('stream', (stream, headers) => {
      paths.push(headers[':path'])
      stream.on('error', () => {})
      stream.close(http2.constants.NGHTTP2_REFUSED_STREAM)
    })
    const held = rig.session.request({ ':path': '/messages' })
    await event(held, 'response')
    for (const data of ['1', '2', '3']) rig.feed.publish(data)
    await soon(() => expect(paths).toHaveLength(3))
    held.close()
    await soon(() => expect(rig.feed.followerCount).toBe(0))
  })

  test('says where the messages are to a client that wants no push', async () => {
    await using rig = await start(1, { enablePush: false })
    const promises = promisesOf(rig.session)
    const held = rig.session.request({ ':path': '/messages?after=test-0' })
    let lines = ''
    held.setEncoding('utf8').on('data', (chunk) => {
      lines += chunk
    })
    await event(held, 'response')
    rig.feed.publish('ü')
    const expected =
      '\n{"path":"/messages/test-1"}\n{"path":"/messages/test-2"}\n'
    await soon(() => expect(lines).toBe(expected))
    expect((await get(rig.session, '/messages/test-2')).body).toBe('ü')
    expect(promises).toEqual([])
  })

  test('carries an empty line every heartbeat', async () => {
    await using rig = await start(0, {}, { heartbeatMs: 20 })
    const held = rig.session.request({ ':path': '/messages' })
    let lines = ''
    held.setEncoding('utf8').on('data', (chunk) => {
      lines += chunk
    })
    await soon(() => expect(lines).toMatch(/^\n{4,}$/))
  })

  test('lets go of a client that leaves', async () => {
    await using rig = await start()
    await event(rig.session.request({ ':path': '/messages' }), 'response')
    expect(rig.feed.followerCount).toBe(1)
    rig.session.destroy()
    await soon(() => expect(rig.feed.followerCount).toBe(0))
  })
})
