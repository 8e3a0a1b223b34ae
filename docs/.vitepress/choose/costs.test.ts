// The cost formulas, against what a hand computes and what was measured elsewhere.

import { describe, expect, it } from 'vitest'

import { findCell } from '../../../bench/references.ts'
import { loadLessons } from '../../../lessons/index.ts'
import { references } from '../references.ts'
import {
  between,
  costsOf,
  intervalFor,
  nearest,
  pollCosts,
  pushCosts,
} from './costs.ts'
import { madeHeld, madeLoad, madePoll, madeStream } from './made.ts'
import { measuredOf } from './measured.ts'

describe('polls', () => {
  it('are as seldom as the delay allows, and not more frequent than is sane', () => {
    expect(intervalFor(madeLoad)).toBeCloseTo(9.95)
    expect(intervalFor({ ...madeLoad, withinS: 0.1, rttMs: 500 })).toBe(0.1)
  })

  it('cost what a hand computes', () => {
    // A cycle of 10 s, and half of the polls find a message.
    const costs = costsOf(madePoll, madeLoad)
    expect(costs.intervalS).toBeCloseTo(9.95)
    // 1,000 × ((200 + 250) / 2 / 10 + (200 + 30) / 20)
    expect(costs.downPerS).toBeCloseTo(34_000)
    expect(costs.upPerS).toBeCloseTo(10_000)
    // 1,000 × (100 us / 10 + 10 us / 20)
    expect(costs.cores).toBeCloseTo(0.0105)
    expect(costs.memoryKiB).toBe(20_000)
    expect(costs.usualDelayMs).toBeCloseTo(5_025)
    expect(costs.mostDelayMs).toBeCloseTo(10_025)
    expect(costs.keeps).toBe(true)
  })

  it('each bring messages when there is more than one in a cycle', () => {
    const costs = pollCosts(madePoll, { ...madeLoad, everyS: 1 }, 9.95)
    // 1,000 × (250 / 10 + 230)
    expect(costs.downPerS).toBeCloseTo(255_000)
  })

  it('that cannot keep the delay say so', () => {
    const load = { ...madeLoad, withinS: 0.1, rttMs: 500 }
    expect(costsOf(madePoll, load).keeps).toBe(false)
  })
})

describe('streams', () => {
  it('cost what a hand computes', () => {
    const costs = costsOf(madeStream, madeLoad)
    // 1,000 × ((200 + 28) / 20 + 0.5)
    expect(costs.downPerS).toBeCloseTo(11_900)
    expect(costs.upPerS).toBeCloseTo(250)
    // 10,090 us / 20, and 1,000 heartbeats of 30 us in 15 s
    expect(costs.cores).toBeCloseTo(0.0025045)
    expect(costs.memoryKiB).toBe(25_000)
    expect(costs.usualDelayMs).toBeCloseTo(11 + 25)
    expect(costs.mostDelayMs).toBeCloseTo(21 + 25)
    expect(costs.intervalS).toBeUndefined()
  })

  it('take what is around a message at the rate that is nearest', () => {
    const costs = pushCosts(madeStream, { ...madeLoad, everyS: 0.02 })
    // 1,000 × ((200 + 20) × 50 + 0.5)
    expect(costs.downPerS).toBeCloseTo(11_000_500)
  })

  it('whose delay our load generator set are bounds', () => {
    const lastMs = madeStream.lastMs.map((one) => ({ ...one, isBound: true }))
    expect(costsOf(madeStream, madeLoad).isBound).toBe(false)
    expect(costsOf({ ...madeStream, lastMs }, madeLoad).isBound).toBe(true)
  })
})

describe('held requests', () => {
  it('cost a request for each message, and half a round trip when nobody waits', () => {
    const costs = costsOf(madeHeld, madeLoad)
    // 1,000 × (100 / 20 + 0.25)
    expect(costs.upPerS).toBeCloseTo(5_250)
    // Away in 0.05 × 0.05 of the time.
    expect(costs.usualDelayMs).toBeCloseTo(11 + 25 + 0.0025 * 25)
    expect(costs.mostDelayMs).toBeCloseTo(21 + 25 + 50)
  })

  it('are away at each message when there are many', () => {
    const costs = costsOf(madeHeld, { ...madeLoad, everyS: 0.01 })
    expect(costs.usualDelayMs).toBeCloseTo(11 + 25 + 25)
  })
})

describe('between measured points', () => {
  const points = [
    { at: 1, value: 100 },
    { at: 10, value: 190 },
    { at: 100, value: 1_090, isBound: true },
  ]

  it.each([
    [1, 100],
    [4, 130],
    [10, 190],
    [55, 640],
    // Beyond the ends: on along the first and the last line.
    [0, 90],
    [1_000, 10_090],
  ])('%i has %i', (at, value) => {
    expect(between(points, at).value).toBeCloseTo(value)
  })

  it('a bound at either end makes a bound', () => {
    expect(between(points, 4).isBound).toBeFalsy()
    expect(between(points, 55).isBound).toBe(true)
  })

  it('one point is everywhere the same', () => {
    expect(between([{ at: 10, value: 5 }], 400).value).toBe(5)
  })

  it('the nearest is so by ratio', () => {
    const rates = [
      { at: 2, value: 1 },
      { at: 100, value: 2 },
    ]
    expect(nearest(rates, 0.01)).toBe(1)
    expect(nearest(rates, 13)).toBe(1)
    expect(nearest(rates, 16)).toBe(2)
  })
})

describe('against what they were not made of', async () => {
  const all = references()
  // The link was measured with one subscriber, and what it asked stands with it.
  const variant = 'RTT 100 ms'
  const subjects = (await loadLessons()).flatMap((lesson) => {
    const measured = measuredOf(all, lesson)
    const found = findCell(all, 'link', variant, lesson.folder)
    const median = found?.cell.figures.p50Us?.median
    const run = found?.result.runs.find(
      (one) =>
        one.scenario === 'link' &&
        one.variant === variant &&
        one.contestant === lesson.folder,
    )
    if (measured === undefined || median === undefined || !run) return []
    return [{ title: lesson.title, measured, medianMs: median / 1_000, run }]
  })

  it('there is something to compare with', () => {
    expect(subjects.length).toBeGreaterThan(0)
  })

  it.each(subjects)(
    '$title is as late over a round trip of 100 ms',
    ({ measured, medianMs, run: { load } }) => {
      const asked = {
        everyS: 1 / (load.ratePerS ?? Number.NaN),
        bytes: load.bytes,
        subscribers: load.subscribers,
        withinS: 60,
        rttMs: load.link?.rttMs ?? Number.NaN,
      }
      const { usualDelayMs } =
        measured.delivery === 'poll'
          ? pollCosts(measured, asked, load.pollEveryMs / 1_000)
          : pushCosts(measured, asked)
      expect(usualDelayMs / medianMs).toBeGreaterThan(0.95)
      expect(usualDelayMs / medianMs).toBeLessThan(1.05)
    },
  )
})
