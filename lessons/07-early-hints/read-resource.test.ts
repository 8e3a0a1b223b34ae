import { expect, test } from 'vitest'

import { SubscribeError } from '../lesson.ts'
import { ConnectionError } from '../shared/connection-error.ts'
import { readResource } from './read-resource.ts'
import { setUp } from './test-streams.ts'

const longMs = 10_000

test('a resource is read as it is, a byte order mark as well', async () => {
  await using rig = await setUp()
  const text = readResource(rig.session, new URL('/a', rig.url), longMs)
  const stream = await rig.stream(0)
  stream.respond({ 'content-length': 6 })
  stream.write('\uFEFF')
  stream.end('€')
  expect(await text).toBe('\uFEFF€')
  expect(rig.paths).toEqual(['/a'])
})

type Rig = Awaited<ReturnType<typeof setUp>>

test.each<[string, (rig: Rig) => void]>([
  ['its stream is reset', ({ asked }) => asked[0]?.stream.close(8)],
  ['its stream ends early', ({ asked }) => asked[0]?.stream.end()],
  ['its connection breaks', ({ sockets }) => sockets[0]?.destroy()],
])('a resource is broken when %s', async (_, act) => {
  await using rig = await setUp()
  const text = readResource(rig.session, rig.url, longMs)
  text.catch(() => {}) // Expected below.
  const stream = await rig.stream(0)
  stream.respond({ 'content-length': 6 })
  await new Promise((written) => stream.write('half', written))
  act(rig)
  await expect(text).rejects.toThrow(ConnectionError)
})

test('a resource that falls silent is broken', async () => {
  await using rig = await setUp()
  const text = readResource(rig.session, rig.url, 20)
  text.catch(() => {}) // Expected below.
  const stream = await rig.stream(0)
  stream.respond({ 'content-length': 6 })
  await expect(text).rejects.toThrow(
    new ConnectionError('nothing came for 20 ms'),
  )
})

test.each([
  [404, ConnectionError],
  [403, SubscribeError],
])('a resource that is answered %i', async (status, error) => {
  await using rig = await setUp()
  const text = readResource(rig.session, rig.url, longMs)
  text.catch(() => {}) // Expected below.
  const stream = await rig.stream(0)
  stream.respond({ ':status': status })
  stream.end('No.\n')
  await expect(text).rejects.toThrow(error)
})

test('a session that has ended can be asked for nothing', async () => {
  await using rig = await setUp()
  rig.session.destroy()
  const text = readResource(rig.session, rig.url, longMs)
  await expect(text).rejects.toThrow(ConnectionError)
})
