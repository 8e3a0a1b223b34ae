import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js'
import { expect, test } from 'vitest'

import { distributionOf } from './percentiles.ts'

test.each([
  [99, 2],
  [100, 10],
  [999, 10],
  [1_000, 100],
  [9_999, 100],
  [10_000, 1_000],
  [99_999, 1_000],
  [100_000, 10_000],
])('%i samples tell at most the slowest one in %i', (samples, oneIn) => {
  const { points } = distributionOf([histogram(samples)])
  expect(points.at(-1)?.oneIn).toBe(oneIn)
})

test('rounds are added up before they are read', () => {
  const fast = histogram(900, () => 1_000)
  const slow = histogram(100, () => 9_000_000)
  const { samples, points } = distributionOf([fast, slow])
  expect(samples).toBe(1_000)
  // The mean of both 99th percentiles would be near 4,500.
  expect(points.at(-1)?.us).toBeCloseTo(9_000, -2)
  expect(points.find(({ oneIn }) => oneIn === 2)?.us).toBeCloseTo(1, 1)
})

test('without samples there is nothing to draw', () => {
  expect(distributionOf([])).toEqual({ samples: 0, points: [] })
})

function histogram(samples: number, ns = (at: number) => 1_000 + at): string {
  const one = build({ bitBucketSize: 32, autoResize: true })
  for (let at = 0; at < samples; at++) one.recordValue(ns(at))
  return encodeIntoCompressedBase64(one)
}
