import { readFile } from 'node:fs/promises'
import http2, { type ClientHttp2Stream } from 'node:http2'
import { text } from 'node:stream/consumers'

import { describe, expect, test } from 'vitest'

import { event } from '../testing.ts'
import { get, start } from './test-session.ts'

const style = () =>
  readFile(new URL('../page/style.css', import.meta.url), 'utf8')

describe('GET /', () => {
  test('promises the style sheet before it answers with the page', async () => {
    await using rig = await start()
    const order: string[] = []
    // Read at once: Node 24 does not keep a stream that ended unread.
    const pushed = event(rig.session, 'stream').then(([stream]) =>
      text(stream as ClientHttp2Stream),
    )
    rig.session.on('stream', (_, headers) => order.push(`${headers[':path']}`))
    const page = rig.session.request({ ':path': '/' })
    page.on('response', () => order.push('the answer'))
    const html = await text(page)
    expect(html).toMatch(/^<!doctype html>/i)
    expect(order).toEqual(['/style.css', 'the answer'])
    expect(await pushed).toBe(await style())
  })

  test('answers with the page alone when the client wants no push', async () => {
    await using rig = await start(0, { enablePush: false })
    rig.session.on('stream', () => expect.fail('a promise came'))
    const page = await get(rig.session, '/')
    expect(page.status).toBe(200)
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    expect((await get(rig.session, '/style.css')).body).toBe(await style())
  })

  test('may be given up by a client that does not wait', async () => {
    await using rig = await start()
    for (let n = 0; n < 20; n++) {
      const page = rig.session.request({ ':path': '/' })
      page.on('error', () => {})
      if (page.pending) await event(page, 'ready')
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
  expect(held.rstCode).toBe(http2.constants.NGHTTP2_NO_ERROR)
  const [code] = await goodbye
  expect(code).toBe(http2.constants.NGHTTP2_NO_ERROR)
  await closed
})
