import { getEventListeners } from 'node:events'

import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { every } from './every.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('runs the action again and again until the signal aborts', () => {
  const controller = new AbortController()
  const action = vi.fn()
  every(100, controller.signal, action)
  vi.advanceTimersByTime(99)
  expect(action).not.toHaveBeenCalled()
  vi.advanceTimersByTime(201)
  expect(action).toHaveBeenCalledTimes(3)
  controller.abort()
  expect(vi.getTimerCount()).toBe(0)
  expect(getEventListeners(controller.signal, 'abort')).toEqual([])
})

test('does not begin when the signal has aborted before', () => {
  every(100, AbortSignal.abort(), () => {})
  expect(vi.getTimerCount()).toBe(0)
})
