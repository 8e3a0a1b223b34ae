import { getEventListeners } from 'node:events'

import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { sleep } from './sleep.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('sleeps as long as it is told, and leaves nothing', async () => {
  const { signal } = new AbortController()
  const woken = vi.fn()
  const sleeping = sleep(100, signal).then(woken)
  await vi.advanceTimersByTimeAsync(99)
  expect(woken).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  await sleeping
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

test('wakes up when the signal aborts, and leaves nothing', async () => {
  const controller = new AbortController()
  const sleeping = sleep(100, controller.signal)
  controller.abort()
  await sleeping
  expect(vi.getTimerCount()).toBe(0)
  expect(getEventListeners(controller.signal, 'abort')).toEqual([])
})

test('does not fall asleep when the signal has aborted before', async () => {
  const signal = AbortSignal.abort()
  await sleep(100, signal)
  expect(vi.getTimerCount()).toBe(0)
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

test('a time longer than timers can count is long, not short', async () => {
  vi.useRealTimers()
  const warned = vi.spyOn(process, 'emitWarning').mockReturnValue()
  const controller = new AbortController()
  const sleeping = sleep(30 * 86_400_000, controller.signal)
  controller.abort()
  await sleeping
  // TimeoutOverflowWarning, and the timer would end after 1 ms.
  expect(warned).not.toHaveBeenCalled()
})
