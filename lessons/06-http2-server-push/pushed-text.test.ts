import http2, {
  type ClientHttp2Stream,
  type ServerHttp2Stream,
} from 'node:http2'
import type { AddressInfo, Socket } from 'node:net'

import { expect, test } from 'vitest'

import { ConnectionError } from '../shared/connection-error.ts'
import { event } from '../testing.ts'
import { pushedText, untilEnd } from './pushed-text.ts'

/** A held request, and a resource that is pushed on it, at both ends. */
async function setUp() {
  const server = http2.createServer().listen(0, '127.0.0.1')
  await event(server, 'listening')
  const { port } = server.address() as AddressInfo
  const connection = event(server, 'connection')
  const asked = event(server, 'stream')
  const session = http2.connect(`http://127.0.0.1:${port}`)
  session.on('error', () => {}) // It is broken on purpose.
  const held = session.request()
  const promised = event(session, 'stream')
  const [socket] = (await connection) as [Socket]
  const [answer] = (await asked) as [ServerHttp2Stream]
  answer.on('error', () => {})
  answer.respond()
  const push = await new Promise<ServerHttp2Stream>((resolve) => {
    answer.pushStream({ ':path': '/a' }, (_, pushed) => resolve(pushed))
  })
  push.on('error', () => {})
  const [pushed] = (await promised) as [ClientHttp2Stream]
  return {
    answer,
    held,
    push,
    pushed,
    socket,
    async [Symbol.asyncDispose]() {
      // Node breaks down when a session is destroyed while it reads frames:
      // https://github.com/nodejs/node/issues/38964
      await new Promise(setImmediate)
      session.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
}

test('a push is read as it is, a byte order mark as well', async () => {
  await using rig = await setUp()
  const text = pushedText(rig.pushed, 5_000)
  rig.push.respond({ 'content-length': 6 })
  rig.push.write('\uFEFF')
  rig.push.end('€')
  expect(await text).toBe('\uFEFF€')
})

type Rig = Awaited<ReturnType<typeof setUp>>
const { NGHTTP2_CANCEL } = http2.constants

test.each<[string, (rig: Rig) => void]>([
  ['its stream is reset', ({ push }) => push.close(NGHTTP2_CANCEL)],
  ['its stream ends early', ({ push }) => push.end()],
  ['its connection breaks', ({ socket }) => socket.destroy()],
])('a push is broken when %s', async (_, act) => {
  await using rig = await setUp()
  const text = pushedText(rig.pushed, 5_000)
  text.catch(() => {}) // Expected below.
  const arrived = event(rig.pushed, 'readable')
  rig.push.respond({ 'content-length': 6 })
  rig.push.write('half')
  await arrived
  act(rig)
  await expect(text).rejects.toThrow(ConnectionError)
})

test('a push that falls silent is broken', async () => {
  await using rig = await setUp()
  rig.push.respond({ 'content-length': 6 })
  await expect(pushedText(rig.pushed, 20)).rejects.toThrow(
    new ConnectionError('nothing came for 20 ms'),
  )
})

test('a held answer is over without an error when it ends', async () => {
  await using rig = await setUp()
  const end = untilEnd(rig.held, 5_000)
  rig.answer.end('\n')
  expect(await end).toBeUndefined()
})

test('a held answer that falls silent is broken', async () => {
  await using rig = await setUp()
  expect(await untilEnd(rig.held, 20)).toEqual(
    new ConnectionError('nothing came for 20 ms'),
  )
})
