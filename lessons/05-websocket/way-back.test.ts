import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { ConnectionError } from '../shared/connection-error.ts'
import { WayBack } from './way-back.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

const [open, closed] = [1, 3]

test('an open connection is there at once', async () => {
  const wayBack = new WayBack<{ readyState: number }>()
  const socket = { readyState: open }
  wayBack.open(socket)
  expect(await wayBack.ready()).toBe(socket)
})

test('all who wait get the next connection that opens', async () => {
  const wayBack = new WayBack<{ readyState: number }>()
  const waiting = [wayBack.ready(), wayBack.ready()]
  await vi.advanceTimersByTimeAsync(9_999)
  const socket = { readyState: open }
  wayBack.open(socket)
  expect(await Promise.all(waiting)).toEqual([socket, socket])
})

test('a connection that has closed is not used', async () => {
  const wayBack = new WayBack<{ readyState: number }>()
  const [first, second] = [{ readyState: open }, { readyState: open }]
  wayBack.open(first)
  first.readyState = closed
  const waiting = wayBack.ready()
  wayBack.open(second)
  expect(await waiting).toBe(second)
})

test('who waits for 10 s is told that there is none', async () => {
  const wayBack = new WayBack<{ readyState: number }>()
  const waiting = expect(wayBack.ready()).rejects.toThrow(
    new ConnectionError(
      'no WebSocket is open to publish on: one is while the subscription is read',
    ),
  )
  await vi.advanceTimersByTimeAsync(10_000)
  await waiting
  // The one that comes too late belongs to nobody.
  wayBack.open({ readyState: open })
})
