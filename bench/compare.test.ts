import { expect, test } from 'vitest'

import { changesBetween } from './compare.ts'
import { sampleResult } from './report/sample-result.ts'
import type { Metric, Result, Run } from './result.ts'

const latency: Metric = { id: 'm', title: 'm', unit: 'us', better: 'lower' }
const rate: Metric = { ...latency, unit: 'per second', better: 'higher' }

const around100 = [100, 101, 102, 103, 104, 105]
const around200 = around100.map((value) => value + 100)

test('a longer time is worse, and a shorter one better', () => {
  const [change] = changes(around100, around200)
  expect(change).toMatchObject({
    scenario: 'wire',
    variant: '',
    contestant: 'raw-tcp',
    before: 102.5,
    after: 202.5,
    rounds: [6, 6],
    verdict: 'worse',
  })
  expect(change?.shiftPercent).toBeCloseTo((100 / 102.5) * 100, 10)
  expect(verdictOf(around200, around100)).toBe('better')
})

test('a higher rate is better, and a lower one worse', () => {
  expect(verdictOf(around100, around200, { metric: rate })).toBe('better')
  expect(verdictOf(around200, around100, { metric: rate })).toBe('worse')
})

test('what differs by chance is the same', () => {
  const mixed = [80, 125, 90, 130, 85, 140]
  expect(verdictOf(around100, mixed)).toBe('same')
})

test('a shift that matters to nobody is the same, however sure', () => {
  const slightly = around100.map((value) => value + 4.5)
  expect(verdictOf(around100, slightly)).toBe('same')
  const apart = [100, 100.1, 100.2, 100.3, 100.4, 100.5]
  const later = apart.map((value) => value + 4.5)
  expect(changes(apart, later)[0]?.pHolm).toBeLessThan(0.05)
  expect(verdictOf(apart, later)).toBe('same')
})

test('three rounds on each side can prove nothing, and four can', () => {
  const [few, more] = [3, 4].map((rounds) =>
    verdictOf(around100.slice(0, rounds), around200.slice(0, rounds)),
  )
  expect(few).toBe('too few rounds')
  expect(more).toBe('worse')
})

test('a shift within the noise of either machine is the same', () => {
  const noise = { 'wire/m': 120 }
  expect(verdictOf(around100, around200, { noise: [noise, {}] })).toBe('same')
  expect(verdictOf(around100, around200, { noise: [{}, noise] })).toBe('same')
  const other = { m: 120, 'fan-out/m': 120 }
  expect(verdictOf(around100, around200, { noise: [other, {}] })).toBe('worse')
})

test('many figures at once need more proof', () => {
  const many = [latency, { ...latency, id: 'n' }]
  const [before, after] = [around100, around200].map((values) =>
    resultOf(values.slice(0, 4), many),
  ) as [Result, Result]
  expect(changesBetween(before, after).map(({ verdict }) => verdict)).toEqual([
    'too few rounds',
    'too few rounds',
  ])
})

test('invalid rounds do not count', () => {
  const before = resultOf(around100)
  const invalid = resultOf([...around200, 1_000_000])
  const runs = invalid.runs.map(
    (run, n): Run => (n === 6 ? { ...run, verdict: 'invalid' } : run),
  )
  expect(changesBetween(before, { ...invalid, runs })[0]).toMatchObject({
    after: 202.5,
    rounds: [6, 6],
  })
})

test('from nothing to something is a change, though without per cent', () => {
  const [change] = changes([0, 0, 0, 0, 0], [3, 3, 3, 3, 3])
  expect(change).toMatchObject({ verdict: 'worse', shiftPercent: 0 })
})

test('two results that share nothing have no changes', () => {
  const [before, after] = [resultOf(around100), resultOf(around200)]
  const moved = (part: Partial<Run>) => ({
    ...after,
    runs: after.runs.map((run) => ({ ...run, ...part })),
  })
  expect(changesBetween(before, moved({ variant: '10' }))).toEqual([])
  expect(changesBetween(before, moved({ scenario: 'idle' }))).toEqual([])
  expect(changesBetween(before, moved({ contestant: 'ws' }))).toEqual([])
  expect(changesBetween(before, moved({ figures: {} }))).toEqual([])
})

interface Some {
  readonly metric?: Metric
  readonly noise?: readonly [Noise, Noise]
}

type Noise = Record<string, number>

function changes(
  before: readonly number[],
  after: readonly number[],
  { metric = latency, noise = [{}, {}] }: Some = {},
) {
  return changesBetween(
    resultOf(before, [metric], noise[0]),
    resultOf(after, [metric], noise[1]),
  )
}

function verdictOf(
  before: readonly number[],
  after: readonly number[],
  some?: Some,
) {
  return changes(before, after, some)[0]?.verdict
}

/** One cell: a round for each of the values, which all metrics have. */
function resultOf(
  values: readonly number[],
  metrics: readonly Metric[] = [latency],
  noisePercent: Noise = {},
): Result {
  const sample = sampleResult({ samples: 1 })
  const isHere = (one: { scenario: string; contestant: string }) =>
    one.scenario === 'wire' && one.contestant === 'raw-tcp'
  const [scenario] = sample.scenarios.filter(({ id }) => id === 'wire')
  const [run] = sample.runs.filter(isHere)
  if (!scenario || !run) throw new Error('The sample has changed.')
  return {
    ...sample,
    environment: { ...sample.environment, noisePercent },
    scenarios: [{ ...scenario, metrics }],
    cells: sample.cells.filter(isHere),
    runs: values.map((value, n) => ({
      ...run,
      round: n + 1,
      figures: Object.fromEntries(metrics.map(({ id }) => [id, value])),
    })),
  }
}
