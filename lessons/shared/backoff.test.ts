import { expect, test } from 'vitest'

import { Backoff } from './backoff.ts'

const delays = (backoff: Backoff, count: number) =>
  Array.from({ length: count }, () => backoff.next())

test('delays double, up to 30 s', () => {
  const longest = new Backoff(1_000, () => 1)
  expect(delays(longest, 8)).toEqual([
    1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
  ])
})

test('a delay is between half and all of its length', () => {
  const shortest = new Backoff(1_000, () => 0)
  expect(delays(shortest, 7)).toEqual([
    500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000,
  ])
  expect(new Backoff(1_000, () => 0.5).next()).toBe(750)
})

test('clients do not come back in the same instant', () => {
  const first = Array.from({ length: 100 }, () => new Backoff().next())
  for (const delayMs of first) {
    expect(delayMs).toBeGreaterThanOrEqual(500)
    expect(delayMs).toBeLessThanOrEqual(1_000)
  }
  expect(new Set(first).size).toBeGreaterThan(10)
})

test('a success starts over at the first delay', () => {
  const backoff = new Backoff(1_000, () => 1)
  delays(backoff, 5)
  backoff.reset()
  expect(delays(backoff, 2)).toEqual([1_000, 2_000])
})

test('the server may name another first delay, also between attempts', () => {
  const backoff = new Backoff(1_000, () => 1)
  backoff.next()
  backoff.baseMs = 50
  expect(delays(backoff, 2)).toEqual([100, 200])
})

test('delays stay at the longest, however often it fails', () => {
  const backoff = new Backoff(1_000, () => 1)
  expect(delays(backoff, 2_000).at(-1)).toBe(30_000)
})
