import { expect, test } from 'vitest'

import { pairedShift, shiftBetween } from './shift.ts'

test('of pairs, the middle of all means of two', () => {
  // Means: 1, 2, 5.5, 3, 6.5, 10.
  expect(pairedShift([1, 3, 10])).toBe(4.25)
  expect(pairedShift([7])).toBe(7)
})

test('of pairs, one wild round does not decide', () => {
  expect(pairedShift([1, 2, 3, 4, 1_000_000])).toBeLessThan(5)
})

test('of samples, the middle of all differences, from one to the other', () => {
  expect(shiftBetween([1, 2, 3], [11, 12, 13])).toBe(10)
  expect(shiftBetween([11, 12, 13], [1, 2, 3])).toBe(-10)
  // Differences: 0, 4, 20, -5, -1, 15.
  expect(shiftBetween([0, 5], [0, 4, 20])).toBe(2)
})

test('of samples, one wild round does not decide', () => {
  expect(shiftBetween([1, 2, 3], [2, 3, 4_000_000])).toBe(1)
})
