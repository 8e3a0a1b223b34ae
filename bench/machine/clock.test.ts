import { expect, test } from 'vitest'

import { offsetBounds } from './clock.ts'

test('one exchange bounds the offset by its two ways', () => {
  // The child is 1000 ns ahead: sent at 0, there at 30, back at 100.
  expect(offsetBounds([{ t0: 0, t1: 1_030, t2: 100 }])).toEqual([930, 1_030])
})

test('the fastest way there and the fastest way back are what counts', () => {
  const exchanges = [
    { t0: 0, t1: 5, t2: 100 },
    { t0: 200, t1: 290, t2: 300 },
    { t0: 400, t1: 450, t2: 500 },
  ]
  expect(offsetBounds(exchanges)).toEqual([-10, 5])
})

test('clocks that drift apart leave bounds that cannot both hold', () => {
  const exchanges = [
    { t0: 0, t1: 5, t2: 10 },
    { t0: 100, t1: 155, t2: 110 },
  ]
  const [least, most] = offsetBounds(exchanges)
  expect(least).toBeGreaterThan(most)
})

test('nothing is known without an exchange', () => {
  expect(offsetBounds([])).toEqual([-Infinity, Infinity])
})
