import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { steadyDeadline } from './steady-deadline.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('it aborts when its time is over', () => {
  using deadline = steadyDeadline(1_000)
  vi.advanceTimersByTime(950)
  expect(deadline.signal.aborted).toBe(false)
  vi.advanceTimersByTime(50)
  expect(deadline.signal.aborted).toBe(true)
})

test('it does not count what the process could not use', () => {
  using deadline = steadyDeadline(1_000)
  // The process stood still for three seconds, and its timer came once.
  vi.setSystemTime(Date.now() + 3_000)
  vi.advanceTimersByTime(50)
  expect(deadline.signal.aborted).toBe(false)
  vi.advanceTimersByTime(950)
  expect(deadline.signal.aborted).toBe(true)
})

test('it leaves no timer behind', () => {
  {
    using _ = steadyDeadline(1_000)
    expect(vi.getTimerCount()).toBe(1)
  }
  expect(vi.getTimerCount()).toBe(0)
  using deadline = steadyDeadline(100)
  vi.advanceTimersByTime(200)
  expect(deadline.signal.aborted).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})
