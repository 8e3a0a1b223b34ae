import { expect, test } from 'vitest'

import { randomNumbers } from '../../lessons/requirements/random.ts'
import { letters } from './letters.ts'

test('who cannot be told apart shares one letter', () => {
  expect(letters(3, () => false)).toEqual(['a', 'a', 'a'])
})

test('who all differ have a letter each, in their order', () => {
  expect(letters(4, () => true)).toEqual(['a', 'b', 'c', 'd'])
})

test('one between two that differ has the letters of both', () => {
  expect(letters(3, differing([[0, 2]]))).toEqual(['a', 'ab', 'b'])
})

test('one that differs from all others stands alone', () => {
  const pairs: Pair[] = [
    [0, 2],
    [1, 2],
  ]
  expect(letters(3, differing(pairs))).toEqual(['a', 'a', 'b'])
})

test('after z comes a1', () => {
  const given = letters(28, () => true)
  expect(given.slice(25)).toEqual(['z', 'a1', 'b1'])
})

test('nobody gets no letters, and one alone an a', () => {
  expect(letters(0, () => true)).toEqual([])
  expect(letters(1, () => true)).toEqual(['a'])
})

test('two share a letter if and only if they do not differ', () => {
  const random = randomNumbers(20_040_601)
  for (let round = 0; round < 2_000; round++) {
    const count = 2 + Math.floor(random() * 6)
    const share = random()
    const pairs = pairsOf(count).filter(() => random() < share)
    const differ = differing(pairs)
    const given = letters(count, differ)
    for (const [a, b] of pairsOf(count)) {
      const shares = [...(given[a] ?? '')].some((one) =>
        given[b]?.includes(one),
      )
      expect(shares, `${given.join()} at ${a}, ${b}`).toBe(!differ(a, b))
    }
  }
})

type Pair = [number, number]

function pairsOf(count: number): Pair[] {
  const all = Array.from({ length: count }, (_, n) => n)
  return all.flatMap((a) => all.slice(a + 1).map((b): Pair => [a, b]))
}

function differing(pairs: readonly Pair[]) {
  return (a: number, b: number) =>
    pairs.some(([c, d]) => (a === c && b === d) || (a === d && b === c))
}
