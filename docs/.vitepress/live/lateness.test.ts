// Lateness on its scale and in figures.

import { expect, it } from 'vitest'

import { describeMs, medianOf, placeOf, ticks } from './lateness.ts'

it('puts each tick at its step, and what is beyond them at the ends', () => {
  expect(ticks.map(({ ms }) => placeOf(ms))).toEqual([
    0,
    expect.closeTo(0.2),
    expect.closeTo(0.4),
    expect.closeTo(0.6),
    expect.closeTo(0.8),
    1,
  ])
  expect(placeOf(0)).toBe(0)
  expect(placeOf(1e9)).toBe(1)
})

it('finds the middle of odd and even counts, and none of nothing', () => {
  expect(medianOf([3, 1, 2])).toBe(2)
  expect(medianOf([4, 1, 2, 3])).toBe(2.5)
  expect(medianOf([])).toBeUndefined()
})

it('writes figures in the unit that people use', () => {
  expect(describeMs(0.05)).toBe('50 µs')
  expect(describeMs(1.234)).toBe('1.23 ms')
  expect(describeMs(2_500)).toBe('2.5 s')
})
