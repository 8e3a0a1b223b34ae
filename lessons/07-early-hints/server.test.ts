import { readFile } from 'node:fs/promises'
import http2 from 'node:http2'

import { describe, expect, test } from 'vitest'

import { get } from '../06-http2-server-push/test-session.ts'
import { event, soon } from '../testing.ts'
import { most } from './server.ts'
import { request, start } from './test-session.ts'

const messages = (first: number, last: number) =>
  Array.from(
    { length: last - first + 1 },
    (_, index) =>
      `103 </messages/test-${first + index}>; rel=preload; as=fetch`,
  )

describe('GET /', () => {
  test('sends a 103 that names the style sheet, then the page', async () => {
    await using rig = await start()
    const page = request(rig.session, '/')
    await event(page.stream, 'end')
    expect(page.came).toEqual([
      '103 </style.css>; rel=preload; as=style',
      '200',
    ])
    expect(page.body).toMatch(/^<!doctype html>/i)
  })

  test.each([
    ['navigate', ['103 </style.css>; rel=preload; as=style', '200']],
    ['cors', ['200']],
    ['no-cors', ['200']],
    ['same-origin', ['200']],
  ])('asked for with sec-fetch-mode: %s', async (mode, expected) => {
    await using rig = await start()
    const headers = { 'sec-fetch-mode': mode }
    const page = request(rig.session, '/?think=0', headers)
    await event(page.stream, 'end')
    expect(page.came).toEqual(expected)
  })

  test('sends none when asked not to', async () => {
    await using rig = await start()
    const page = request(rig.session, '/?think=0&hints=no')
    await event(page.stream, 'end')
    expect(page.came).toEqual(['200'])
  })

  test.each(['', '-1', '1.5', 'long', '10001', '1e3', '99999999999'])(
    'thinks no time that is "%s": 400',
    async (think) => {
      await using rig = await start()
      const { status, body } = await get(rig.session, `/?think=${think}`)
      expect(status).toBe(400)
      expect(body).toBe(
        `?think= takes a number of milliseconds from 0 to 10000, got "${think}".\n`,
      )
    },
  )

  test('may be given up by a client that does not wait', async () => {
    await using rig = await start()
    for (let n = 0; n < 20; n++) {
      const { stream } = request(rig.session, `/?think=${n % 2}`)
      if (stream.pending) await event(stream, 'ready')
      if (n % 3) await new Promise(setImmediate)
      stream.close(http2.constants.NGHTTP2_CANCEL)
    }
    expect((await get(rig.session, '/?think=0')).status).toBe(200)
  })

  test('is answered at once by a server that closes while it thinks', async () => {
    await using rig = await start()
    const page = request(rig.session, '/?think=10000')
    await event(page.stream, 'headers')
    const closed = rig.close()
    await event(page.stream, 'end')
    expect(page.came.at(-1)).toBe('200')
    await closed
  })
})

test('GET /style.css may be kept for a while, or no page could use it', async () => {
  await using rig = await start()
  const { headers, body } = await get(rig.session, '/style.css')
  expect(headers['cache-control']).toBe('max-age=60')
  expect(headers['content-type']).toBe('text/css; charset=utf-8')
  const style = new URL('../page/style.css', import.meta.url)
  expect(body).toBe(await readFile(style, 'utf8'))
})

describe('GET /messages', () => {
  test('says where it starts, then where each message is', async () => {
    await using rig = await start(2)
    const held = request(rig.session, '/messages?after=test-1')
    await soon(() => expect(held.came).toHaveLength(2))
    rig.feed.publish('ü\n')
    const expected = ['103 "test-1"', ...messages(2, 3)]
    await soon(() => expect(held.came).toEqual(expected))
    const { status, headers, body } = await get(rig.session, '/messages/test-3')
    expect([status, headers['content-length'], body]).toEqual([200, '3', 'ü\n'])
  })

  test('starts at the present without a cursor', async () => {
    await using rig = await start(2)
    const held = request(rig.session, '/messages')
    await soon(() => expect(held.came).toEqual(['103 "test-2"']))
  })

  test('ends after so many hints', async () => {
    await using rig = await start(2 * most.hints)
    const held = request(rig.session, '/messages?after=test-0')
    await event(held.stream, 'end')
    const last = most.hints - 1
    expect(held.came).toEqual(['103 "test-0"', ...messages(1, last), '204'])
    expect(rig.feed.followerCount).toBe(0)
  })

  test('ends after so much data', async () => {
    await using rig = await start()
    for (const data of ['small', 'x'.repeat(most.bytes), 'next'])
      rig.feed.publish(data)
    const held = request(rig.session, '/messages?after=test-0')
    await event(held.stream, 'end')
    expect(held.came).toEqual(['103 "test-0"', ...messages(1, 2), '204'])
  })

  test('carries a 103 every heartbeat, which counts among its hints', async () => {
    await using rig = await start(most.hints - 4, { heartbeatMs: 150 })
    const held = request(rig.session, '/messages?after=test-0')
    await event(held.stream, 'end')
    const told = messages(1, most.hints - 4)
    const signs = ['103', '103', '103']
    expect(held.came).toEqual(['103 "test-0"', ...told, ...signs, '204'])
  })

  test('says in lines to a browser where the messages are', async () => {
    await using rig = await start(1)
    const headers = { 'sec-fetch-mode': 'cors' }
    const held = request(rig.session, '/messages?after=test-0', headers)
    rig.feed.publish('2')
    const lines = '\n{"path":"/messages/test-1"}\n{"path":"/messages/test-2"}\n'
    await soon(() => expect(held.body).toBe(lines))
    expect(held.came).toEqual(['200 "test-0"'])
  })

  test('refuses a cursor without a hint before', async () => {
    await using rig = await start()
    const held = request(rig.session, '/messages?after=gone-1')
    await event(held.stream, 'end')
    expect(held.came).toEqual(['400'])
  })

  test('lets go of a client that leaves', async () => {
    await using rig = await start()
    const held = request(rig.session, '/messages')
    await event(held.stream, 'headers')
    expect(rig.feed.followerCount).toBe(1)
    held.stream.close(http2.constants.NGHTTP2_CANCEL)
    await soon(() => expect(rig.feed.followerCount).toBe(0))
  })

  test('ends with an answer when the server closes, which says goodbye', async () => {
    await using rig = await start()
    const held = request(rig.session, '/messages')
    await event(held.stream, 'headers')
    const goodbye = event(rig.session, 'goaway')
    const closed = rig.close()
    await event(held.stream, 'end')
    expect(held.came.at(-1)).toBe('204')
    const [code] = await goodbye
    expect(code).toBe(http2.constants.NGHTTP2_NO_ERROR)
    await closed
  })
})
