import { expect, test } from 'vitest'

import { comparisonsWithItself, doubled, noiseOf } from './aa.ts'
import { loadContestant } from './contestants.ts'
import { sampleResult } from './report/sample-result.ts'
import type { Comparison } from './result.ts'

test('each contestant is there twice, by two names', async () => {
  const floor = await loadContestant('raw-tcp')
  const [one, again, ...others] = doubled([floor])
  expect(others).toEqual([])
  expect(one).toBe(floor)
  expect(again).toEqual({
    ...floor,
    id: 'raw-tcp (again)',
    title: 'Raw TCP (again)',
    sameAs: 'raw-tcp',
  })
})

test('only comparisons of one with itself tell of the machine', () => {
  const comparisons = [
    comparison('a', 'a (again)'),
    comparison('a', 'b'),
    comparison('a', 'b (again)'),
    comparison('b (again)', 'b'),
    comparison('a (again)', 'b (again)'),
  ]
  const found = comparisonsWithItself({ ...sampleResult(), comparisons })
  expect(found.map(({ a, b }) => [a, b])).toEqual([
    ['a', 'a (again)'],
    ['b (again)', 'b'],
  ])
})

test('noise is the largest shift of a metric, up or down', () => {
  const shifts: Partial<Comparison>[] = [
    { metric: 'p50', shiftPercent: 2 },
    { metric: 'p50', shiftPercent: -7 },
    { metric: 'p50', shiftPercent: 3 },
    { metric: 'p99', shiftPercent: 12 },
    { metric: 'p50', shiftPercent: -1, scenario: 't' },
  ]
  const noise = noiseOf(
    shifts.map((shift) => ({ ...comparison('a', 'a (again)'), ...shift })),
  )
  expect(noise).toEqual({ 's/p50': 7, 's/p99': 12, 't/p50': 1 })
  expect(noiseOf([])).toEqual({})
})

function comparison(a: string, b: string): Comparison {
  return {
    scenario: 's',
    variant: '',
    metric: 'p50',
    a,
    b,
    rounds: 6,
    shiftPercent: 1,
    p: 0.5,
    pHolm: 1,
    differs: false,
  }
}
