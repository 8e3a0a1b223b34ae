import { createServer, type Server, type Socket } from 'node:net'

import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { event, wireTo } from '../testing.ts'
import { endOnClose } from './closing.ts'

const timers = ['setTimeout', 'clearTimeout'] as const
beforeEach(() => void vi.useFakeTimers({ toFake: [...timers] }))
afterEach(() => void vi.useRealTimers())

/** A server with one connection to it; `end` ends that, or does nothing. */
async function setUp(endsPolitely: boolean) {
  const server: Server = createServer({ allowHalfOpen: true })
  const sockets: Socket[] = []
  server.on('connection', (socket) => {
    sockets.push(socket)
    socket.on('error', () => {}) // It is cut: that is the test.
    socket.resume()
  })
  endOnClose(server, () => {
    if (endsPolitely) for (const socket of sockets) socket.end('bye')
  })
  server.listen(0, '127.0.0.1')
  await event(server, 'listening')
  const { port } = server.address() as { port: number }
  const connection = event(server, 'connection')
  const wire = await wireTo(new URL(`http://127.0.0.1:${port}`))
  await connection
  const closed = vi.fn()
  return { server, wire, closed, sockets }
}

test('subscribers get to read the end, and nothing else waits', async () => {
  const { server, wire, closed } = await setUp(true)
  const done = event(server, 'close')
  server.close(closed)
  expect(server.listening).toBe(false)
  expect(await wire.end()).toBe('bye')
  wire.socket.end()
  await done
  expect(closed).toHaveBeenCalledExactlyOnceWith(undefined)
  expect(vi.getTimerCount()).toBe(0)
})

test('a connection that stays is cut after 2 s', async () => {
  const { server, wire, closed, sockets } = await setUp(false)
  const done = event(server, 'close')
  server.close(closed)
  vi.advanceTimersByTime(1_999)
  expect(sockets.map(({ destroyed }) => destroyed)).toEqual([false])
  vi.advanceTimersByTime(1)
  expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true])
  await done
  expect(closed).toHaveBeenCalledExactlyOnceWith(undefined)
  await wire[Symbol.asyncDispose]()
})

test('closing twice is an error for the second only', async () => {
  const { server, wire } = await setUp(true)
  const [first, second] = [vi.fn(), vi.fn()]
  const done = event(server, 'close')
  server.close(first)
  server.close(second)
  wire.socket.end()
  await done
  expect(first).toHaveBeenCalledExactlyOnceWith(undefined)
  expect(second.mock.calls[0]?.[0]).toMatchObject({
    code: 'ERR_SERVER_NOT_RUNNING',
  })
  await wire[Symbol.asyncDispose]()
})
