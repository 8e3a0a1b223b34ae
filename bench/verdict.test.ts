import { expect, test } from 'vitest'

import { encodeHistogram, newHistogram, record } from './load/histogram.ts'
import type { Counts, Usage } from './result.ts'
import { type Evidence, judge } from './verdict.ts'

const allArrived: Counts = {
  offered: 10,
  sent: 10,
  expected: 10,
  received: 10,
  lost: 0,
  duplicated: 0,
  reordered: 0,
}

const calm: Evidence = {
  server: busy(0.3),
  generator: busy(0.4),
  machine: { foreignCpus: 0.1, stolenCpus: 0.01 },
  warmUp: { windows: 5, settled: true },
  counts: allArrived,
  lateness: histogramOf(10_000),
  latency: histogramOf(300_000),
  scheduleS: { planned: 2, took: 2.01 },
}

test('a run that nothing disturbed is ok', () => {
  expect(judge(calm)).toEqual({ verdict: 'ok', reasons: [] })
  expect(judge({})).toEqual({ verdict: 'ok', reasons: [] })
})

test.each<[string, Evidence, string, RegExp]>([
  ['nothing arrived', lost({ received: 0 }), 'invalid', /^Not one message/],
  [
    'the server cannot keep the schedule',
    { server: busy(0.95), scheduleS: { planned: 2, took: 2.1 } },
    'invalid',
    /^The server is overloaded.* of 2\.0 s took 2\.1 s/,
  ],
  ['one was lost', lost({ lost: 1 }), 'lossy', /^1 of 10 .* never came/],
  ['one came twice', lost({ duplicated: 1 }), 'lossy', /^1 .* came twice/],
  ['one was late', lost({ reordered: 1 }), 'lossy', /^1 .* after a later one/],
  [
    'the subscribers have no time left',
    { generator: busy(0.93) },
    'generator-bound',
    /^The process of the subscribers was 93 % busy, the server's 30 %/,
  ],
  [
    'the schedule is late and the server is not busy',
    { scheduleS: { planned: 2, took: 2.1 } },
    'generator-bound',
    /took 2\.1 s, and the server was not busy/,
  ],
  [
    'the pacer is late itself',
    { lateness: histogramOf(40_000) },
    'generator-bound',
    /^The pacer itself was 40 us late at the median of 300 us/,
  ],
  [
    'others use the machine',
    { machine: { foreignCpus: 0.2 } },
    'noisy',
    /^Other programs used 0\.20 CPUs/,
  ],
  [
    'the host takes the machine',
    { machine: { foreignCpus: 0, stolenCpus: 0.06 } },
    'noisy',
    /^The host took 0\.06 CPUs away/,
  ],
  [
    'latency never settles',
    { warmUp: { windows: 9, settled: false } },
    'noisy',
    /^Latency had not settled after 9 windows/,
  ],
])('when %s, the verdict says so', (_, evidence, verdict, reason) => {
  const judgement = judge({ ...calm, ...evidence })
  expect(judgement.verdict).toBe(verdict)
  expect(judgement.reasons).toEqual([expect.stringMatching(reason)])
})

test('the worst decides, and all reasons are told', () => {
  const noisy: Evidence = { ...calm, machine: { foreignCpus: 1 } }
  const late: Evidence = { ...noisy, generator: busy(1) }
  const lossy: Evidence = { ...late, ...lost({ lost: 2 }) }
  const invalid: Evidence = { ...lossy, ...lost({ lost: 10, received: 0 }) }
  const judgements = [noisy, late, lossy, invalid].map(judge)
  expect(judgements.map(({ verdict }) => verdict)).toEqual([
    'noisy',
    'generator-bound',
    'lossy',
    'invalid',
  ])
  expect(judgements.map(({ reasons }) => reasons.length)).toEqual([1, 2, 3, 4])
})

test('where losses are the figure, they are no fault', () => {
  const evidence = { ...calm, ...lost({ lost: 5, duplicated: 1 }) }
  expect(judge({ ...evidence, lossIsMeasured: true }).verdict).toBe('ok')
})

test('where both are busy, the one with less time left is the limit', () => {
  const pair = (ours: number, theirs: number) =>
    judge({ ...calm, server: busy(theirs), generator: busy(ours) })
  expect(pair(0.95, 0.95).verdict).toBe('generator-bound')
  expect(pair(0.95, 0.95).limit).toBe('generator')
  expect(pair(0.92, 1).verdict).toBe('ok')
  expect(pair(0.92, 1).limit).toBe('server')
})

test('a pacer that is late by less than 20 us is no fault', () => {
  const evidence = { lateness: histogramOf(19_000), latency: histogramOf(50) }
  expect(judge({ ...calm, ...evidence }).verdict).toBe('ok')
})

test('a short schedule starts a few milliseconds late', () => {
  const scheduleS = { planned: 0.2, took: 0.24 }
  expect(judge({ ...calm, scheduleS }).verdict).toBe('ok')
})

test('an event loop that was busy counts like CPU time', () => {
  const server = { ...busy(0.2), utilization: 0.95 }
  expect(judge({ server }).limit).toBe('server')
  // Of several threads: more than one CPU is still one that is busy.
  expect(judge({ server: { ...busy(0.2), cpuMs: 1_900 } }).limit).toBe('server')
})

test('the limit is who was busy; of saturated runs else the transport', () => {
  expect(judge(calm).limit).toBeUndefined()
  expect(judge({ ...calm, generator: busy(0.95) }).limit).toBe('generator')
  expect(judge({ ...calm, server: busy(0.95) }).limit).toBe('server')
  expect(judge({ ...calm, saturated: true }).limit).toBe('transport')
})

function busy(share: number): Usage {
  return {
    cpuMs: share * 1_000,
    wallMs: 1_000,
    utilization: share / 2,
    residentKiB: 50_000,
    heapKiB: 10_000,
    gcMs: 1,
    loopDelayP99Ms: 1,
  }
}

function lost(counts: Partial<Counts>): Evidence {
  return { counts: { ...allArrived, ...counts } }
}

function histogramOf(ns: number): string {
  const histogram = newHistogram()
  record(histogram, ns)
  return encodeHistogram(histogram)
}
