import { createServer, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { event, request, type Wire, wireTo } from '../testing.ts'
import { heartbeat } from './heartbeat.ts'

const setIntervalOnly = ['setInterval', 'clearInterval'] as const
beforeEach(() => void vi.useFakeTimers({ toFake: [...setIntervalOnly] }))
afterEach(() => void vi.useRealTimers())

/** An answer that carries `*` every `everyMs`. */
async function setUp(everyMs: number) {
  const gone = new AbortController()
  const server = createServer().listen(0, '127.0.0.1')
  await event(server, 'listening')
  const { port } = server.address() as { port: number }
  const asked = event(server, 'request')
  const wire: Wire = await wireTo(
    new URL(`http://127.0.0.1:${port}`),
    request('GET /'),
  )
  const [, response] = (await asked) as [unknown, ServerResponse]
  response.once('close', () => gone.abort())
  response.flushHeaders()
  heartbeat(response, everyMs, gone.signal, '*')
  return {
    wire,
    response,
    gone,
    async [Symbol.asyncDispose]() {
      await wire[Symbol.asyncDispose]()
      server.close()
    },
  }
}

test('an idle answer carries a sign of life every heartbeat', async () => {
  await using rig = await setUp(10_000)
  vi.advanceTimersByTime(9_999)
  expect(rig.wire.text).not.toContain('*')
  vi.advanceTimersByTime(1)
  await rig.wire.until(/\*/)
  vi.advanceTimersByTime(20_000)
  await rig.wire.until(/\*[^*]+\*[^*]+\*/)
})

test('the signs end with the subscriber', async () => {
  await using rig = await setUp(10_000)
  expect(vi.getTimerCount()).toBe(1)
  rig.gone.abort()
  expect(vi.getTimerCount()).toBe(0)
})

test('nothing is added while the connection is full', async () => {
  await using rig = await setUp(10_000)
  rig.wire.socket.pause()
  while (rig.response.write('x'.repeat(1_000_000)));
  const waiting = rig.response.writableLength
  vi.advanceTimersByTime(50_000)
  expect(rig.response.writableLength).toBe(waiting)
})

test('a connection that takes nothing for two heartbeats is cut', async () => {
  await using rig = await setUp(20)
  const socket = rig.response.socket as Socket
  rig.wire.socket.pause()
  const closed = event(rig.response, 'close')
  // More than the buffers of the system take.
  for (let mb = 0; mb < 20; mb++) rig.response.write('x'.repeat(1_000_000))
  vi.advanceTimersByTime(20)
  await closed
  expect(socket.destroyed).toBe(true)
})
