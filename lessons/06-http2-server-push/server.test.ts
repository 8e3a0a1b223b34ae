import { readFile } from 'node:fs/promises'
import http2, {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
  type SecureClientSessionOptions,
} from 'node:http2'
import { text } from 'node:stream/consumers'

import { describe, expect, test } from 'vitest'

import { makeCertificate } from '../certificate.ts'
import { Feed } from '../feed.ts'
import { type StartOptions, startServer } from '../start.ts'
import { event, soon } from '../testing.ts'
import lesson from './index.ts'

const certificate = await makeCertificate()

/** A server whose feed `test` has published "1", "2", …, and a session with it. */
async function start(
  count = 0,
  settings: SecureClientSessionOptions['settings'] = {},
  options: StartOptions = {},
) {
  const feed = new Feed({ name: 'test' })
  for (let n = 1; n <= count; n++) feed.publish(String(n))
  const server = await startServer(lesson, { certificate, feed, ...options })
  const { url, ca, close } = server
  const session = http2.connect(url.origin, { ca, settings })
  session.on('error', () => {}) // 'close' follows.
  return {
    feed,
    url,
    session,
    close,
    async [Symbol.asyncDispose]() {
      session.destroy()
      await close()
    },
  }
}

/** The status and the body of an ordinary answer. */
async function get(session: ClientHttp2Session, path: string) {
  const stream = session.request({ ':path': path })
  const [headers] = (await event(stream, 'response')) as [IncomingHttpHeaders]
  return { headers, status: headers[':status'], body: await text(stream) }
}

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

const style = () =>
  readFile(new URL('../page/style.css', import.meta.url), 'utf8')

describe('GET /', () => {
  test('promises the style sheet before it answers with the page', async () => {
    await using rig = await start()
    const order: string[] = []
    const pushed = event(rig.session, 'stream')
    rig.session.on('stream', (_, headers) => order.push(headers[':path']))
    const page = rig.session.request({ ':path': '/' })
    page.on('response', () => order.push('the answer'))
    const html = await text(page)
    expect(html).toMatch(/^<!doctype html>/i)
    expect(order).toEqual(['/style.css', 'the answer'])

    const [stream] = (await pushed) as [ClientHttp2Stream]
    expect(await text(stream)).toBe(await style())
  })

  test('answers with the page alone when the client wants no push', async () => {
    await using rig = await start(0, { enablePush: false })
    const promises = promisesOf(rig.session)
    const page = await get(rig.session, '/')
    expect(page.status).toBe(200)
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    expect((await get(rig.session, '/style.css')).body).toBe(await style())
    expect(promises).toEqual([])
  })

  test('may be given up by a client that does not wait', async () => {
    await using rig = await start()
    for (let n = 0; n < 20; n++) {
      const page = rig.session.request({ ':path': '/' })
      page.on('error', () => {})
      await event(page, 'ready')
      if (n % 2) await new Promise(setImmediate)
      page.close(http2.constants.NGHTTP2_CANCEL)
    }
    expect((await get(rig.session, '/settings')).status).toBe(200)
  })
})

test.each([true, false])(
  'GET /settings tells enablePush: %s',
  async (enablePush) => {
    await using rig = await start(0, { enablePush })
    const { headers, body } = await get(rig.session, '/settings')
    expect(headers['content-type']).toBe('application/json')
    expect(JSON.parse(body)).toEqual({ enablePush })
  },
)

describe('GET /messages', () => {
  test('promises each message after the cursor, and answers it', async () => {
    await using rig = await start(2)
    const promises = promisesOf(rig.session)
    const held = rig.session.request({ ':path': '/messages?after=test-1' })
    const [head] = (await event(held, 'response')) as [IncomingHttpHeaders]
    expect(head).toMatchObject({ ':status': 200, etag: '"test-1"' })
    rig.feed.publish('\uFEFFü\n')

    await soon(() => expect(promises[1]?.body).not.toBe(''))
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
      [expect.objectContaining({ ':status': 200 })],
      [
        {
          ':status': 200,
          'content-type': 'text/plain; charset=utf-8',
          date: expect.any(String),
          [http2.sensitiveHeaders]: [],
        },
      ],
    ])
    const read = promises.map(({ body }) => body)
    // The stream consumer of Node takes a byte order mark for its own.
    expect(read).toEqual(['2', 'ü\n'])
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

describe('GET /messages/<id>', () => {
  test('answers the data while the history keeps it', async () => {
    await using rig = await start(1)
    const { status, headers, body } = await get(rig.session, '/messages/test-1')
    expect([status, body]).toEqual([200, '1'])
    expect(headers['content-type']).toBe('text/plain; charset=utf-8')
  })

  test.each(['test-2', 'gone-1', 'yesterday', ''])(
    'is nowhere for "%s": 404',
    async (id) => {
      await using rig = await start(1)
      const { status, body } = await get(rig.session, `/messages/${id}`)
      expect(status).toBe(404)
      expect(body).toBe('There is no such message here, or not any more.\n')
    },
  )
})

test('a server that closes ends the held answer, and says goodbye', async () => {
  await using rig = await start()
  const held = rig.session.request({ ':path': '/messages' })
  await event(held, 'response')
  const goodbye = event(rig.session, 'goaway')
  const closed = rig.close()
  await text(held)
  const [code] = await goodbye
  expect(code).toBe(http2.constants.NGHTTP2_NO_ERROR)
  await closed
})
