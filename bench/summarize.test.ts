import { expect, test } from 'vitest'

import type { Cell, Metric, Run, ScenarioFacts, Verdict } from './result.ts'
import { overall, smallestP, summarize } from './summarize.ts'

const latency: Metric = {
  id: 'p50',
  title: 'median',
  unit: 'us',
  better: 'lower',
  from: { histogram: 'due', percentile: 50 },
}
const cpu: Metric = { id: 'p50', title: 'CPU', unit: 'us', better: 'lower' }
const rate: Metric = {
  id: 'p50',
  title: 'rate',
  unit: 'per second',
  better: 'higher',
}

const around100 = [100, 101, 102, 103, 104, 105, 106]
const around200 = around100.map((value) => value + 100)

test('a figure is the median of its rounds, with interval and ends', () => {
  const { figure } = summarized({ a: [30, 10, 20, 50, 40] })
  expect(figure('a')).toEqual({
    median: 30,
    ci95: [10, 50],
    min: 10,
    max: 50,
    rounds: 5,
  })
})

test('two rounds have no interval', () => {
  const { figure } = summarized({ a: [10, 20] })
  expect(figure('a')).toEqual({ median: 15, min: 10, max: 20, rounds: 2 })
})

test('the ratio to the control is taken in each round', () => {
  // By round 2, 3 and 2.5; the ratio of the medians would be 3.
  const { figure } = summarized({
    'raw-tcp': [1, 100, 1_000],
    a: [2, 300, 2_500],
  })
  expect(figure('a')?.ratioToControl).toBe(2.5)
  expect(figure('raw-tcp')).not.toHaveProperty('ratioToControl')
  expect(summarized({ a: [1, 2, 3] }).figure('a')).not.toHaveProperty(
    'ratioToControl',
  )
})

test('those that differ have letters of their own', () => {
  const { figure, comparisons } = summarized({ a: around200, b: around100 })
  expect(figure('a')?.letters).toBe('b')
  expect(figure('b')?.letters).toBe('a')
  expect(comparisons).toEqual([
    {
      scenario: 's',
      variant: '',
      metric: 'p50',
      a: 'a',
      b: 'b',
      rounds: 7,
      shiftPercent: expect.closeTo((-100 / 203) * 100, 5),
      p: expect.closeTo(2 / 2 ** 7, 10),
      pHolm: expect.closeTo(2 / 2 ** 7, 10),
      differs: true,
    },
  ])
})

test('a large difference that chance explains is none', () => {
  const more = [20, 21, 22, 23, 24, 25, -40]
  const other = around100.map((value, n) => value + (more[n] ?? 0))
  const { figure, comparisons } = summarized({ a: around100, b: other })
  expect(comparisons[0]?.shiftPercent).toBeGreaterThan(15)
  expect(comparisons[0]?.differs).toBe(false)
  expect([figure('a')?.letters, figure('b')?.letters]).toEqual(['a', 'a'])
})

test('a difference below 5 % matters to nobody', () => {
  const slightly = around100.map((value) => value * 1.04)
  const { figure, comparisons } = summarized({ a: around100, b: slightly })
  expect(comparisons[0]?.pHolm).toBeLessThan(0.05)
  expect(comparisons[0]?.differs).toBe(false)
  expect(figure('b')?.letters).toBe('a')
})

test('nor does one below what the machine does on its own', () => {
  const runs = { a: around100, b: around100.map((value) => value * 1.2) }
  const differs = (key: string, percent: number) =>
    summarized(runs, { noisePercent: { [key]: percent } }).comparisons[0]
      ?.differs
  expect(differs('s/p50', 25)).toBe(false)
  expect(differs('s/p50', 15)).toBe(true)
  expect(differs('p50', 25)).toBe(true)
  expect(differs('t/p50', 25)).toBe(true)
})

test('there are no letters where nobody could be told apart', () => {
  const [five, six] = [5, 6].map((rounds) =>
    summarized({
      a: around100.slice(0, rounds),
      b: around200.slice(0, rounds),
    }),
  )
  expect(five?.figure('a')).not.toHaveProperty('letters')
  expect(six?.figure('a')?.letters).toBe('a')
  expect(smallestP(5)).toBe(0.0625)
})

test('more contestants need more rounds, by Holm', () => {
  const three = { a: around100, b: around200, c: around200 }
  expect(summarized(three).figure('a')?.letters).toBe('a')
  const six = Object.fromEntries(
    Object.entries(three).map(([id, values]) => [id, values.slice(0, 6)]),
  )
  expect(summarized(six).figure('a')).not.toHaveProperty('letters')
})

test('who is not ok is compared with nobody, and has no letters', () => {
  const { figure, comparisons } = summarized(
    { a: around100, b: around200, c: around200 },
    { verdicts: { c: around100.map(() => 'noisy') } },
  )
  expect(figure('c')?.median).toBe(203)
  expect(figure('c')).not.toHaveProperty('letters')
  expect(comparisons.map(({ a, b }) => [a, b])).toEqual([['a', 'b']])
})

test('a metric that is neither better nor worse is not compared', () => {
  const metric: Metric = { ...cpu, better: 'neither' }
  const runs = { a: around100, b: around200 }
  const { figure, comparisons } = summarized(runs, { metric })
  expect(comparisons).toEqual([])
  expect(figure('a')).not.toHaveProperty('letters')
})

test('a busy generator makes bounds of latencies and rates only', () => {
  const bound = (metric: Metric, verdict: Verdict) =>
    summarized(
      { a: [1, 2, 3] },
      { metric, verdicts: { a: [verdict, verdict, verdict] } },
    ).figure('a')?.bound
  expect(bound(latency, 'generator-bound')).toBe('at most')
  expect(bound(rate, 'generator-bound')).toBe('at least')
  expect(bound(cpu, 'generator-bound')).toBeUndefined()
  expect(bound(latency, 'noisy')).toBeUndefined()
  expect(bound({ ...latency, better: 'neither' }, 'generator-bound')).toBe(
    undefined,
  )
})

test('while half of the rounds are ok, the others do not count', () => {
  const { cell, figure } = summarized(
    { a: [10, 20, 1_000, 2_000] },
    { verdicts: { a: ['ok', 'ok', 'noisy', 'invalid'] } },
  )
  expect(figure('a')).toMatchObject({ median: 15, max: 20, rounds: 2 })
  expect(cell('a')).toMatchObject({
    verdict: 'ok',
    verdicts: { ok: 2, noisy: 1, invalid: 1 },
    reasons: ['it was noisy', 'it was invalid'],
  })
})

test('else all count but the invalid ones', () => {
  const { cell, figure } = summarized(
    { a: [10, 20, 30, 4_000] },
    { verdicts: { a: ['ok', 'noisy', 'noisy', 'invalid'] } },
  )
  expect(figure('a')).toMatchObject({ median: 20, max: 30, rounds: 3 })
  expect(cell('a')?.verdict).toBe('noisy')
})

test('of invalid rounds alone there is a cell, but no figure', () => {
  const { cell } = summarized(
    { a: [1, 2] },
    { verdicts: { a: ['invalid', 'invalid'] } },
  )
  expect(cell('a')).toMatchObject({ verdict: 'invalid', figures: {} })
})

test('each position of the knob is summarized alone', () => {
  const runs = [
    ...runsOf('a', [1, 2, 3]),
    ...runsOf('a', [7, 8, 9]).map((run) => ({ ...run, variant: '10' })),
  ]
  const { cells } = summarize(input(runs, latency))
  expect(
    cells.map(({ variant, figures }) => [variant, figures.p50?.median]),
  ).toEqual([
    ['', 2],
    ['10', 8],
  ])
})

test('the verdict over all is that of most rounds', () => {
  const of = (...verdicts: Verdict[]) =>
    overall(verdicts.map((verdict) => ({ verdict })))
  expect(of('ok', 'noisy')).toBe('ok')
  expect(of('ok', 'noisy', 'lossy', 'lossy')).toBe('lossy')
  expect(of()).toBe('invalid')
})

interface Some {
  readonly metric?: Metric
  readonly verdicts?: Readonly<Record<string, readonly Verdict[]>>
  readonly noisePercent?: Readonly<Record<string, number>>
}

function summarized(
  values: Readonly<Record<string, readonly number[]>>,
  { metric = latency, verdicts = {}, noisePercent }: Some = {},
) {
  const runs = Object.entries(values).flatMap(([id, own]) =>
    runsOf(id, own, verdicts[id]),
  )
  const found = summarize({ ...input(runs, metric), noisePercent })
  const cell = (id: string): Cell | undefined =>
    found.cells.find(({ contestant }) => contestant === id)
  return { ...found, cell, figure: (id: string) => cell(id)?.figures.p50 }
}

function input(runs: readonly Run[], metric: Metric) {
  const scenario: ScenarioFacts = {
    id: 's',
    title: 's',
    question: '',
    model: 'open',
    metrics: [metric],
    variants: [...new Set(runs.map((run) => run.variant))],
    shows: '',
    hides: '',
  }
  const contestants = [...new Set(runs.map((run) => run.contestant))].map(
    (id) => ({
      id,
      title: id,
      transport: id,
      implementation: 'test',
      kind: 'lesson' as const,
    }),
  )
  return { runs, scenarios: [scenario], contestants, seed: 7 }
}

function runsOf(
  contestant: string,
  values: readonly number[],
  verdicts: readonly Verdict[] = [],
): Run[] {
  return values.map((value, n) => {
    const verdict = verdicts[n] ?? 'ok'
    return {
      scenario: 's',
      variant: '',
      contestant,
      round: n + 1,
      order: n + 1,
      verdict,
      reasons: verdict === 'ok' ? [] : [`it was ${verdict}`],
      load: {
        subscribers: 1,
        bytes: 64,
        tls: false,
        pollEveryMs: 200,
        reader: 'own',
      },
      figures: { p50: value },
      histograms: {},
    }
  })
}
