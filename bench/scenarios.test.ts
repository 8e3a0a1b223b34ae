// Every question can be put to a lesson.

import { expect, test } from 'vitest'

import { loadContestant, loadContestants } from './contestants.ts'
import { runOne } from './run-one.ts'
import { loadScenarios } from './scenarios.ts'
import type { Settings } from './settings.ts'

const { signal } = new AbortController()
const limit = { timeout: 60_000 }
const settings: Settings = {
  effort: 'quick',
  rounds: 1,
  seconds: 0.4,
  bytes: 64,
  tls: false,
  pollEveryMs: 100,
}
const scenarios = await loadScenarios()

test('the folder holds the fourteen questions', () => {
  expect(scenarios.map(({ id }) => id)).toEqual([
    'push-latency',
    'fan-out',
    'throughput',
    'echo',
    'connect',
    'memory',
    'idle-cost',
    'wire',
    'resume',
    'slow-consumer',
    'link',
    'scale-out',
    'page-load',
    'head-of-line',
  ])
})

const ofFeeds = scenarios.filter((scenario) => !('contestants' in scenario))

test.for(ofFeeds)('$id has figures of WebSocket', limit, async (scenario) => {
  const [variant] = scenario.variants(settings)
  if (variant === undefined) throw new Error('There is nothing to measure.')
  const contestant = await loadContestant('05-websocket')
  const planned = { scenario, variant, contestant, round: 1, order: 1 }
  const run = await runOne(planned, settings, signal)
  expect(run.verdict, run.reasons.join(' ')).not.toBe('invalid')
  const [headline] = scenario.metrics
  expect(run.figures[headline?.id ?? '']).toBeTypeOf('number')
  if (run.counts) {
    const { lost, duplicated, reordered } = run.counts
    expect({ lost, duplicated, reordered }).toEqual({
      lost: 0,
      duplicated: 0,
      reordered: 0,
    })
  }
})

const own = scenarios.flatMap((scenario) =>
  'contestants' in scenario
    ? scenario.contestants.map((contestant) => ({ scenario, contestant }))
    : [],
)

test('a name stands for one contestant', async () => {
  const all = [
    ...(await loadContestants()),
    ...own.map(({ contestant }) => contestant),
  ]
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
})

/** One for each program that takes part. */
const programs = own.filter(
  ({ contestant: { implementation } }, at) =>
    own.findIndex((one) => one.contestant.implementation === implementation) ===
    at,
)

test.for(programs)(
  '$scenario.id has all figures of $contestant.id',
  limit,
  async ({ scenario, contestant }, { skip }) => {
    const why = scenario.cannot?.(contestant)
    if (why) skip(why)
    const [variant] = scenario.variants(settings)
    if (!variant) throw new Error('There is nothing to measure.')
    const planned = { scenario, variant, contestant, round: 1, order: 1 }
    const run = await runOne(planned, settings, signal)
    expect(run.verdict, run.reasons.join(' ')).not.toBe('invalid')
    const ids = scenario.metrics.map(({ id }) => id)
    expect(Object.keys(run.figures).toSorted()).toEqual(ids.toSorted())
  },
)

test(
  'a broken contestant is an invalid run with the reason, not an end',
  limit,
  async () => {
    const [scenario] = scenarios
    const [variant] = scenario?.variants(settings) ?? []
    if (!scenario || !variant) throw new Error('There is nothing to measure.')
    const contestant = { ...(await loadContestant('raw-tcp')), id: 'nobody' }
    const planned = { scenario, variant, contestant, round: 1, order: 1 }
    const run = await runOne(planned, settings, signal)
    expect(run).toMatchObject({
      verdict: 'invalid',
      reasons: [expect.stringContaining('There is no contestant "nobody"')],
      figures: {},
    })
  },
)
