import { median } from 'simple-statistics'
import { expect, test } from 'vitest'

import { medianInterval } from './bootstrap.ts'

const values = [9, 10, 12, 11, 14, 30, 8, 13, 10.5, 11.5]

test('the same seed gives the same interval', () => {
  expect(medianInterval(values, 7)).toEqual(medianInterval(values, 7))
  // Values that spread finely: two seeds may meet in one of a few.
  const many = Array.from({ length: 50 }, (_, n) => 1.1 ** n)
  const ends = [1, 2, 3, 4].map((seed) => medianInterval(many, seed)?.join())
  expect(new Set(ends).size).toBeGreaterThan(1)
})

test('the median lies within, and the interval within the values', () => {
  for (const seed of [1, 2, 3]) {
    const [low, high] = intervalOf(values, seed)
    expect(low).toBeLessThan(median(values))
    expect(high).toBeGreaterThan(median(values))
    expect(low).toBeGreaterThan(Math.min(...values))
    expect(high).toBeLessThan(Math.max(...values))
  }
})

test('it leaves out 5 %: of five values, the ends are the ends', () => {
  // The median of a resample is the least one in 5.8 % of cases, and the most
  // in as many: more than the 2.5 % that are left out at each end.
  expect(intervalOf([5, 1, 4, 2, 3])).toEqual([1, 5])
})

test('two values tell nothing about their spread', () => {
  expect(medianInterval([], 7)).toBeUndefined()
  expect(medianInterval([1, 2], 7)).toBeUndefined()
  expect(medianInterval([1, 2, 3], 7)).toBeDefined()
})

test('less spread, and more rounds, make it narrower', () => {
  const width = (of: readonly number[]) => {
    const [low, high] = intervalOf(of)
    return high - low
  }
  const calm = values.map((value) => 10 + (value - 10) / 10)
  const longer = Array.from({ length: 10 }, () => values).flat()
  expect(width(calm)).toBeLessThan(width(values) / 5)
  expect(width(longer)).toBeLessThan(width(values) / 2)
  expect(width([4, 4, 4, 4])).toBe(0)
})

function intervalOf(of: readonly number[], seed = 7): [number, number] {
  const interval = medianInterval(of, seed)
  if (interval === undefined) throw new Error('There is no interval.')
  return interval
}
