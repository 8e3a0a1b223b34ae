import http2, {
  type ClientHttp2Stream,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

import { expect, test } from 'vitest'

import { event } from '../testing.ts'
import { push } from './push.ts'

const plain = { 'content-type': 'text/plain' }

/** Both ends of one held request. */
async function setUp() {
  const server = http2.createServer().listen(0, '127.0.0.1')
  await event(server, 'listening')
  const { port } = server.address() as AddressInfo
  const asked = event(server, 'stream')
  const session = http2.connect(`http://127.0.0.1:${port}`)
  session.on('error', () => {}) // It is broken on purpose.
  const request = session.request()
  request.on('error', () => {})
  const [stream] = (await asked) as [ServerHttp2Stream]
  stream.on('error', () => {})
  stream.respond()
  return {
    session,
    stream,
    async [Symbol.asyncDispose]() {
      session.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
}

test('a resource is pushed, and all of it is sent', async () => {
  await using rig = await setUp()
  const promised = event(rig.session, 'stream')
  const sent = push(rig.stream, '/a', plain, 'ü'.repeat(100_000))
  const [pushed, request] = (await promised) as [ClientHttp2Stream, object]
  expect(request).toMatchObject({ ':method': 'GET', ':path': '/a' })
  const answer = event(pushed, 'push')
  expect(await text(pushed)).toBe('ü'.repeat(100_000))
  expect((await answer)[0]).toMatchObject({
    ':status': 200,
    'content-type': 'text/plain',
    'content-length': '200000',
  })
  await sent
})

test('a push is over when the client refuses it', async () => {
  await using rig = await setUp()
  rig.session.on('stream', (pushed) => {
    pushed.on('error', () => {})
    pushed.close(http2.constants.NGHTTP2_REFUSED_STREAM)
  })
  await push(rig.stream, '/a', plain, 'x'.repeat(1_000_000))
})

test('a push is over when the connection breaks within it', async () => {
  await using rig = await setUp()
  const promised = event(rig.session, 'stream')
  const sent = push(rig.stream, '/a', plain, 'x'.repeat(1_000_000))
  await promised
  rig.session.destroy()
  await sent
})

test('a push is over when the connection breaks before it begins', async () => {
  await using rig = await setUp()
  const sent = push(rig.stream, '/a', plain, 'a')
  const session = rig.stream.session as ServerHttp2Session
  session.destroy()
  await sent
})
