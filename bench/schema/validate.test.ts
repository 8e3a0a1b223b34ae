import { expect, test } from 'vitest'

import { sampleResult } from '../report/sample-result.ts'
import type { Result } from '../result.ts'
import { problemsOf } from './validate.ts'

test('a result has no problems', async () => {
  expect(await problemsOf(written())).toEqual([])
})

test('a field that is missing is named', async () => {
  const { seed: _, ...rest } = written()
  expect(await problemsOf(rest)).toEqual([
    "it must have required property 'seed'.",
  ])
})

test('a field that nobody knows is named', async () => {
  const result = written()
  const runs = result.runs.map((run, n) =>
    n === 2 ? { ...run, colour: 'blue' } : run,
  )
  expect(await problemsOf({ ...result, runs })).toEqual([
    '/runs/2 must NOT have additional properties (colour).',
  ])
})

test('a verdict that nobody gives is found where it stands', async () => {
  const result = written()
  const cells = result.cells.map((cell, n) =>
    n === 1 ? { ...cell, verdict: 'fine' } : cell,
  )
  expect(await problemsOf({ ...result, cells })).toEqual([
    '/cells/1/verdict must be equal to one of the allowed values.',
  ])
})

test('clocks that differ are no clocks to measure with', async () => {
  const result = written()
  const environment = { ...result.environment, clockOffsetUs: [5, 40] }
  expect(await problemsOf({ ...result, environment })).toEqual([
    '/environment/clockOffsetUs/0 must be <= 0.',
  ])
})

test('all problems are told, and something else is no result', async () => {
  const { id: _, ...rest } = written()
  expect(await problemsOf({ ...rest, seed: -1, effort: 'much' })).toHaveLength(
    3,
  )
  expect(await problemsOf([])).toEqual(['it must be object.'])
})

/** As it comes out of a file. */
function written(): Result {
  return JSON.parse(JSON.stringify(sampleResult({ samples: 10 })))
}
