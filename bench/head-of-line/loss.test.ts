import { expect, test } from 'vitest'

import { lossOf, type SeenMessage } from './loss.ts'

/** Two topics by turns, a message every 10 ms, each 5 ms under way unless said otherwise. */
function messages(
  arrivals: readonly number[] = [5, 15, 25, 35],
): readonly SeenMessage[] {
  const inOrder = arrivals.toSorted((a, b) => a - b)
  return arrivals.map((arrivedMs, n) => ({
    topic: n % 2,
    sentMs: n * 10,
    arrivedMs,
    place: inOrder.indexOf(arrivedMs),
  }))
}

test('who comes after the lost one, though sent in time, was held up', () => {
  const seen = lossOf(messages([40, 41, 42, 43]), 20)
  expect(seen).toEqual({ ownMs: 40, othersMs: 31, heldUp: 1 })
})

test('who comes before it was not', () => {
  const seen = lossOf(messages([40, 15, 41, 35]), 20)
  expect(seen).toEqual({ ownMs: 40, othersMs: 5, heldUp: 0 })
})

test('its own topic does not count', () => {
  expect(lossOf(messages([40, 15, 41, 35]), 30).heldUp).toBe(0)
})

test('another packet that was lost is no measurement', () => {
  expect(() => lossOf(messages(), 20)).toThrow(
    "must be the first one's, which came after 5.0 ms",
  )
})
