import { expect, test } from 'vitest'

import { barOf, scaleFor } from './bars.ts'

test('the largest value has the whole width, and half of it half', () => {
  const scale = scaleFor([5, 10])
  expect(scale).toEqual({ from: 0, to: 10, logarithmic: false })
  expect(barOf(10, scale, 8)).toBe('████████')
  expect(barOf(5, scale, 8)).toBe('████')
})

test('a bar is exact to an eighth of a character', () => {
  const scale = scaleFor([80])
  const bars = [8, 9, 10, 11, 12, 13, 14, 15, 16, 2].map((value) =>
    barOf(value, scale, 10),
  )
  expect(bars).toEqual([
    '█',
    '█▏',
    '█▎',
    '█▍',
    '█▌',
    '█▋',
    '█▊',
    '█▉',
    '██',
    '▎',
  ])
})

test('values far apart are drawn by their logarithms', () => {
  expect(scaleFor([1, 30]).logarithmic).toBe(false)
  const scale = scaleFor([2, 20, 200])
  expect(scale).toEqual({ from: 1, to: 200, logarithmic: true })
  const lengths = [2, 20, 200].map((value) => barOf(value, scale, 100).length)
  // Each is ten times the one before: as much longer each time.
  expect(lengths[2]).toBe(100)
  expect((lengths[1] ?? 0) - (lengths[0] ?? 0)).toBe(43)
  expect((lengths[2] ?? 0) - (lengths[1] ?? 0)).toBe(43)
})

test('the least of values far apart has a bar as well', () => {
  const scale = scaleFor([1, 1_000])
  expect(barOf(1, scale, 30)).not.toBe('')
})

test('nothing has no bar, and does not change the scale', () => {
  expect(scaleFor([0, 5, 10])).toEqual(scaleFor([5, 10]))
  for (const value of [0, -1, Number.NaN])
    expect(barOf(value, scaleFor([5, 10]), 8)).toBe('')
  expect(barOf(0, scaleFor([]), 8)).toBe('')
  expect(barOf(5, scaleFor([0]), 8)).toBe('')
})

test('a value beyond the scale stays within the width', () => {
  expect(barOf(20, scaleFor([10]), 4)).toBe('████')
})
