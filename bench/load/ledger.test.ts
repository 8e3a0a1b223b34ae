import { expect, test } from 'vitest'

import { Ledger } from './ledger.ts'

test('messages in order are received, and nothing else', () => {
  expect(told([5, 6, 7], 8)).toEqual(sums({ received: 3 }))
})

test('what comes after a later one is reordered, not lost', () => {
  expect(told([5, 8, 6], 9)).toEqual(
    sums({ received: 3, lost: 1, reordered: 1 }),
  )
  expect(told([5, 8, 6, 7, 9], 10)).toEqual(sums({ received: 5, reordered: 2 }))
})

test('a second copy is no second message', () => {
  expect(told([5, 6, 6, 5, 7], 8)).toEqual(sums({ received: 3, duplicated: 2 }))
})

test('a second copy of one that was late is a duplicate', () => {
  expect(told([5, 7, 6, 6], 8)).toEqual(
    sums({ received: 3, reordered: 1, duplicated: 1 }),
  )
})

test('what is missing at the start, in between and at the end is lost', () => {
  expect(told([6, 8], 11)).toEqual(sums({ received: 2, lost: 4 }))
  expect(told([], 11)).toEqual(sums({ lost: 6 }))
})

test('more than was expected is no loss below zero', () => {
  expect(new Ledger(5).lost(3)).toBe(0)
  expect(told([5, 6, 7], 6).lost).toBe(0)
})

test('messages before the first one are of an earlier window', () => {
  expect(told([3, 4, 5], 6)).toEqual(sums({ received: 1 }))
})

test('only a new message counts as one', () => {
  const ledger = new Ledger(5)
  const isNew = [4, 5, 5, 7, 6, 6].map((number) => ledger.receive(number))
  expect(isNew).toEqual([false, true, false, true, true, false])
})

function told(numbers: readonly number[], end: number) {
  const ledger = new Ledger(5)
  for (const number of numbers) ledger.receive(number)
  const { received, duplicated, reordered } = ledger
  return { received, lost: ledger.lost(end), duplicated, reordered }
}

function sums(some: Partial<ReturnType<typeof told>>) {
  return { received: 0, lost: 0, duplicated: 0, reordered: 0, ...some }
}
