import { expect, test } from 'vitest'

import { segmentBytes, TokenBucket } from './token-bucket.ts'

// 1 Mbit/s is 125 bytes/ms, and a burst 1448 bytes.
const kbitPerS = 1_000

test('a burst passes at once, and the rest at the bandwidth', () => {
  const bucket = new TokenBucket(kbitPerS)
  expect(bucket.pass(segmentBytes, 5)).toBe(5)
  expect(bucket.pass(125, 5)).toBe(6)
  expect(bucket.pass(1_250, 5)).toBe(16)
})

test('what comes after a pause finds one burst, and no more', () => {
  const bucket = new TokenBucket(kbitPerS)
  bucket.pass(segmentBytes, 0)
  expect(bucket.pass(segmentBytes, 1_000)).toBe(1_000)
  expect(bucket.pass(250, 1_000)).toBe(1_002)
})

test('above 10 ms of bandwidth, a burst is as long as 10 ms', () => {
  const bucket = new TokenBucket(10_000)
  expect(bucket.pass(12_500, 0)).toBe(0)
  expect(bucket.pass(1_250, 0)).toBe(1)
})

test('nothing takes no time, but waits its turn', () => {
  const bucket = new TokenBucket(kbitPerS)
  expect(bucket.pass(0, 0)).toBe(0)
  bucket.pass(segmentBytes + 125, 0)
  expect(bucket.pass(0, 0)).toBe(1)
})

test('a second of sending is a second of bandwidth', () => {
  const bucket = new TokenBucket(kbitPerS)
  let through = 0
  for (let now = 0; now < 1_000; now++) through = bucket.pass(125, now)
  // Never fuller than at the start, never owing: each passes as it comes.
  expect(through).toBe(999)
  for (let sent = 0; sent < 125_000; sent += 125)
    through = bucket.pass(125, 1_000)
  // The burst passes at once.
  expect(through).toBeCloseTo(1_000 + 1_000 - segmentBytes / 125)
})
