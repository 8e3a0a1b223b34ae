// How many servers a load takes.

import { expect, it } from 'vitest'

import { costsOf, type Load, type MeasuredPush } from './costs.ts'
import { busiest, sharedCosts } from './servers.ts'

/** 10 us for each delivery, and 20 us until each has it. */
const stream: MeasuredPush = {
  folder: 'a',
  title: 'A stream',
  delivery: 'stream',
  beatUs: 0,
  residentKiB: 20,
  fanOut: [
    { at: 1, value: 10 },
    { at: 1_000, value: 10_000 },
  ],
  around: [{ at: 1, value: 40 }],
  askBytes: 0,
  roundTrips: 0,
  idleDownPerS: 0,
  idleUpPerS: 0,
  beatEveryS: 15,
  middleMs: [
    { at: 1, value: 0.01 },
    { at: 1_000, value: 10 },
  ],
  lastMs: [
    { at: 1, value: 0.02 },
    { at: 1_000, value: 20 },
  ],
}
const load = (subscribers: number): Load => ({
  everyS: 1,
  bytes: 100,
  subscribers,
  withinS: 1,
  rttMs: 0,
})

it('is one as long as it has time', () => {
  expect(sharedCosts(stream, load(70_000))).toEqual({
    ...costsOf(stream, load(70_000)),
    servers: 1,
  })
})

it('is as many as leave each the rest of its CPU', () => {
  const { servers, cores, memoryKiB } = sharedCosts(stream, load(1_000_000))
  expect(cores).toBeCloseTo(10)
  expect(servers).toBe(15)
  expect(cores / servers).toBeLessThanOrEqual(busiest)
  expect(cores / (servers - 1)).toBeGreaterThan(busiest)
  expect(memoryKiB).toBe(20_000_000)
})

it('makes the last subscriber wait for those of its own server alone', () => {
  const { mostDelayMs, keeps } = sharedCosts(stream, load(1_000_000))
  expect(mostDelayMs).toBeCloseTo(20_000 / 15, -1)
  expect(keeps).toBe(false)
  expect(costsOf(stream, load(1_000_000)).mostDelayMs).toBeCloseTo(20_000)
})
