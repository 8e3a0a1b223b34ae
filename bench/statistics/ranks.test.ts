import { expect, test } from 'vitest'

import { rankSumTest, ranks, signedRankTest } from './ranks.ts'

test('ranks count from 1, in the order of the given values', () => {
  expect(ranks([30, 10, 20])).toEqual([3, 1, 2])
  expect(ranks([])).toEqual([])
})

test('equal values share the middle of their ranks', () => {
  expect(ranks([5, 1, 5, 9])).toEqual([2.5, 1, 2.5, 4])
  expect(ranks([2, 2, 2])).toEqual([2, 2, 2])
})

test('pairs are tested as R does: the example of ?wilcox.test', () => {
  const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3]
  const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
  const differences = before.map((value, n) => value - (after[n] ?? 0))
  expect(signedRankTest(differences)).toBeCloseTo(0.0390625, 10)
  const turned = differences.map((difference) => -difference)
  expect(signedRankTest(turned)).toBeCloseTo(0.0390625, 10)
})

test('pairs that all agree are a coin that always falls alike', () => {
  expect(signedRankTest([1, 2, 3, 4, 5])).toBeCloseTo(2 / 2 ** 5, 10)
  expect(signedRankTest([-1, -2, -3, -4, -5, -6])).toBeCloseTo(2 / 2 ** 6, 10)
})

test('one wild pair does not decide', () => {
  const calm = signedRankTest([1, 2, 3, 4, 5, -6])
  expect(signedRankTest([1, 2, 3, 4, 5, -6_000])).toBe(calm)
})

test('pairs that do not differ prove nothing', () => {
  expect(signedRankTest([])).toBe(1)
  expect(signedRankTest([0, 0, 0, 0, 0, 0])).toBe(1)
  expect(signedRankTest([1, 2, 3, 0, 0, 0])).toBeCloseTo(2 / 2 ** 3, 10)
})

test('of two pairs that differ as much, neither is the smaller one', () => {
  // Of 16 choices of signs, 3 leave a sum of ranks of 1.5 or less.
  expect(signedRankTest([1, -1, 2, 3])).toBeCloseTo((2 * 3) / 16, 10)
})

test('samples are tested as R does: the example of ?wilcox.test', () => {
  const a = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
  const b = [1.15, 0.88, 0.9, 0.74, 1.21]
  expect(rankSumTest(a, b)).toBeCloseTo(0.2544, 4)
  expect(rankSumTest(b, a)).toBe(rankSumTest(a, b))
})

test('two samples apart are one of all ways to divide them', () => {
  expect(rankSumTest([1, 2, 3, 4], [5, 6, 7, 8])).toBeCloseTo(2 / 70, 10)
  expect(rankSumTest([8, 7, 6], [1, 2, 3])).toBeCloseTo(2 / 20, 10)
})

test('two samples that share a value are less apart', () => {
  // Of the 70 ways to divide them, either of the two 4s may be in the first.
  expect(rankSumTest([1, 2, 3, 4], [4, 5, 6, 7])).toBeCloseTo(4 / 70, 10)
})

test('samples of equal values, or of none, prove nothing', () => {
  expect(rankSumTest([5, 5, 5, 5], [5, 5, 5, 5])).toBe(1)
  expect(rankSumTest([], [1, 2, 3])).toBe(1)
})
