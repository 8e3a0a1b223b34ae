import { expect, test } from 'vitest'

import { randomNumbers } from './random.ts'

function take(seed: number, count: number): number[] {
  const random = randomNumbers(seed)
  return Array.from({ length: count }, random)
}

test('the same seed gives the same numbers, another one others', () => {
  expect(take(7, 100)).toEqual(take(7, 100))
  expect(take(7, 100)).not.toEqual(take(8, 100))
})

test('numbers lie from 0 to 1, as many below a share as the share says', () => {
  const numbers = take(1, 100_000)
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true)
  for (const share of [0.01, 0.1, 0.5]) {
    const below = numbers.filter((number) => number < share).length
    expect(below / numbers.length).toBeCloseTo(share, 2)
  }
})
