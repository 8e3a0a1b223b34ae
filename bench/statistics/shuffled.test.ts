import { expect, test } from 'vitest'

import { randomNumbers } from '../../lessons/requirements/random.ts'
import { shuffled } from './shuffled.ts'

const items = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

test('each item is there once, and the given order stays', () => {
  const given = [...items]
  const order = shuffled(given, randomNumbers(1))
  expect(order).not.toEqual(items)
  expect(order.toSorted()).toEqual(items)
  expect(given).toEqual(items)
  expect(shuffled([], randomNumbers(1))).toEqual([])
})

test('a seed repeats an order', () => {
  const [one, same, other] = [1, 1, 2].map((seed) =>
    shuffled(items, randomNumbers(seed)),
  )
  expect(same).toEqual(one)
  expect(other).not.toEqual(one)
})

test('it favours nobody: every order of three comes as often', () => {
  const random = randomNumbers(1)
  const seen = new Map<string, number>()
  for (let n = 0; n < 6_000; n++) {
    const order = shuffled(['a', 'b', 'c'], random).join('')
    seen.set(order, (seen.get(order) ?? 0) + 1)
  }
  expect(seen.size).toBe(6)
  for (const times of seen.values()) {
    expect(times).toBeGreaterThan(900)
    expect(times).toBeLessThan(1_100)
  }
})
