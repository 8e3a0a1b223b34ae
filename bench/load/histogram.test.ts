import { expect, test } from 'vitest'

import {
  decodeHistogram,
  encodeHistogram,
  type Histogram,
  mergeHistograms,
  newHistogram,
  record,
  supports,
} from './histogram.ts'

test('a histogram is the same after it was written and read', () => {
  const before = filled(1, 1_000)
  const after = decodeHistogram(encodeHistogram(before))
  expect(after.totalCount).toBe(1_000)
  for (const percentile of [0, 1, 50, 99, 99.9, 100]) {
    expect(after.getValueAtPercentile(percentile)).toBe(
      before.getValueAtPercentile(percentile),
    )
  }
})

test('three digits of a value stay, from 1 us to 100 s', () => {
  for (const ns of [1_000, 123_456, 98_765_432, 100_000_000_000]) {
    const histogram = newHistogram()
    record(histogram, ns)
    const kept = histogram.getValueAtPercentile(50)
    expect(Math.abs(kept / ns - 1)).toBeLessThan(0.001)
  }
})

test('the percentiles of several come from all their values', () => {
  // Of 1 to 1,000 us and 1,001 to 2,000 us, the middle lies between the two.
  const parts = [filled(1, 1_000), filled(1_001, 2_000)].map(encodeHistogram)
  const all = mergeHistograms(parts)
  expect(all.totalCount).toBe(2_000)
  expect(usAt(all, 50)).toBeCloseTo(1_000, -1)
  expect(usAt(all, 95)).toBeCloseTo(1_900, -1)
  expect(usAt(all, 100)).toBeCloseTo(2_000, -1)
})

test('nothing merged is an empty histogram', () => {
  expect(mergeHistograms([]).totalCount).toBe(0)
})

test('a negative value is the noise of clocks: 0', () => {
  const histogram = newHistogram()
  for (const ns of [-5_000, -1, 0]) record(histogram, ns)
  expect(histogram.totalCount).toBe(3)
  expect(histogram.getValueAtPercentile(100)).toBe(0)
})

test('a percentile needs ten values beyond it', () => {
  expect(supports(20, 50)).toBe(true)
  expect(supports(19, 50)).toBe(false)
  expect(supports(1_000, 99)).toBe(true)
  expect(supports(999, 99)).toBe(false)
  expect(supports(1_000_000, 100)).toBe(false)
})

/** With one value for each microsecond. */
function filled(fromUs: number, toUs: number): Histogram {
  const histogram = newHistogram()
  for (let us = fromUs; us <= toUs; us++) record(histogram, us * 1_000)
  return histogram
}

function usAt(histogram: Histogram, percentile: number): number {
  return histogram.getValueAtPercentile(percentile) / 1_000
}
