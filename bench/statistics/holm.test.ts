import { expect, test } from 'vitest'

import { holm } from './holm.ts'

test('corrected as by R: p.adjust(p, "holm")', () => {
  const corrected = holm([0.01, 0.04, 0.03, 0.005])
  const wanted = [0.03, 0.06, 0.06, 0.02]
  for (const [n, p] of wanted.entries()) expect(corrected[n]).toBeCloseTo(p, 10)
})

test('a test that is alone stays as it is', () => {
  expect(holm([0.04])).toEqual([0.04])
  expect(holm([])).toEqual([])
})

test('nothing is more likely than certain', () => {
  expect(holm([0.6, 0.9, 0.7])).toEqual([1, 1, 1])
})

test('a smaller p never becomes larger than a greater one', () => {
  const [least, middle, most] = holm([0.02, 0.021, 0.022])
  expect(least).toBeCloseTo(0.06, 10)
  expect(middle).toBe(least)
  expect(most).toBe(least)
})
