// Costs in words.

import { expect, it } from 'vitest'

import {
  bytesPerS,
  coresOf,
  delayOf,
  duration,
  memoryOf,
} from './cost-words.ts'
import { costsOf } from './costs.ts'
import { madeLoad, madeStream } from './made.ts'

const costs = costsOf(madeStream, madeLoad)

it.each([
  [0, '0 ms'],
  [38.4, '38 ms'],
  [994, '990 ms'],
  [999, '1 s'],
  [1_000, '1 s'],
  [119_400, '120 s'],
  [120_000, '2 min'],
  [7_200_000, '2 h'],
])('%i ms is %s', (ms, text) => {
  expect(duration(ms)).toBe(text)
})

it('has units that fit', () => {
  expect(bytesPerS(800)).toBe('800 bytes/s')
  expect(bytesPerS(20_480)).toBe('20 KiB/s')
  expect(memoryOf({ ...costs, memoryKiB: 2_048 })).toBe('2 MiB')
  expect(memoryOf({ ...costs, memoryKiB: 3 * 1_024 ** 2 })).toBe('3 GiB')
  expect(coresOf({ ...costs, cores: 0.0002 })).toBe('below 0.001')
  expect(coresOf({ ...costs, cores: 2.345 })).toBe('2.3')
})

it('marks a delay that is a bound', () => {
  expect(delayOf(costs)).toBe('36 ms, at most 46 ms')
  expect(delayOf({ ...costs, isBound: true })).toBe('≤ 36 ms, at most 46 ms')
})
