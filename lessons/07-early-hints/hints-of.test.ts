import { describe, expect, test } from 'vitest'

import { SubscribeError } from '../lesson.ts'
import { ConnectionError } from '../shared/connection-error.ts'
import { collect } from '../testing.ts'
import { hintsOf } from './hints-of.ts'
import { setUp } from './test-streams.ts'

const longMs = 10_000

async function held(limitMs = longMs) {
  const rig = await setUp()
  const client = rig.session.request()
  const hints = hintsOf(rig.url, client, limitMs, ({ link }) => link ?? '')
  const next = hints.next()
  return { ...rig, client, hints, next, server: await rig.stream(0) }
}

test('every 103 is taken, until the final answer', async () => {
  await using rig = await held()
  for (const link of ['<a>', '', '<b>'])
    rig.server.additionalHeaders({ ':status': 103, ...(link && { link }) })
  rig.server.respond({ ':status': 204 }, { endStream: true })
  expect((await rig.next).value).toBe('<a>')
  expect(await collect(rig.hints)).toEqual(['', '<b>'])
  expect(rig.client.closed).toBe(true)
})

test('a refusal is one, also after hints', async () => {
  await using rig = await held()
  rig.server.additionalHeaders({ ':status': 103 })
  rig.server.respond({ ':status': 503, 'retry-after': '7' })
  rig.server.end('Busy.\n')
  await rig.next
  const error = await rig.hints.next().catch((error) => error)
  expect(error).toBeInstanceOf(SubscribeError)
  expect(error).toMatchObject({ status: 503, retryAfterMs: 7_000 })
})

describe('it is broken when', () => {
  type Rig = Awaited<ReturnType<typeof held>>
  test.each<[string, (rig: Rig) => void]>([
    ['the stream is reset', ({ server }) => server.close(8)],
    ['the connection breaks', ({ sockets }) => sockets[0]?.destroy()],
  ])('%s', async (_, act) => {
    await using rig = await held()
    rig.server.additionalHeaders({ ':status': 103 })
    await rig.next
    act(rig)
    await expect(rig.hints.next()).rejects.toThrow(ConnectionError)
  })

  test('the server falls silent after a hint', async () => {
    await using rig = await held(20)
    rig.server.additionalHeaders({ ':status': 103 })
    await rig.next
    await expect(rig.hints.next()).rejects.toThrow(
      new ConnectionError('nothing came for 20 ms'),
    )
    expect(rig.client.closed).toBe(true)
  })
})

test('who leaves closes the stream', async () => {
  await using rig = await held()
  rig.server.additionalHeaders({ ':status': 103 })
  await rig.next
  await rig.hints.return()
  expect(rig.client.closed).toBe(true)
})
