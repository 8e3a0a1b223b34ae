import { expect, test } from 'vitest'

import { Flood } from './flood.ts'

test('progress is that of the slowest subscriber', () => {
  const flood = new Flood(10, 1_000, 2)
  expect(flood.progress).toBe(10)
  for (const number of [10, 11, 12]) flood.receive(0, number)
  expect(flood.progress).toBe(10)
  for (const number of [10, 11]) flood.receive(1, number)
  expect(flood.progress).toBe(12)
  for (const number of [12, 13]) flood.receive(1, number)
  expect(flood.progress).toBe(13)
})

test('every delivery counts once, and before the first one none', () => {
  const flood = new Flood(10, 1_000, 2)
  for (const number of [9, 10, 10, 11]) flood.receive(0, number)
  flood.receive(1, 10)
  expect(flood.received).toBe(3)
})

test('a subscriber that nobody knows counts nothing', () => {
  const flood = new Flood(10, 1_000, 1)
  flood.receive(1, 10)
  expect(flood.received).toBe(0)
})

test('what every subscriber lost, had twice or out of turn is added up', () => {
  const flood = new Flood(10, 1_000, 2)
  for (const number of [10, 12, 11, 11]) flood.receive(0, number)
  for (const number of [10, 11]) flood.receive(1, number)
  expect(flood.counts(14)).toEqual({
    received: 5,
    lost: 1 + 2,
    duplicated: 1,
    reordered: 1,
  })
})

test('a probe that comes late is no message of the flood', () => {
  const flood = new Flood(100, 1_000, 1)
  flood.receive(0, 99_999_999)
  flood.receive(0, 100)
  expect(flood.received).toBe(1)
  expect(flood.progress).toBe(101)
  expect(flood.counts(101).lost).toBe(0)
})
