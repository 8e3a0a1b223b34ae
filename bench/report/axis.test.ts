import { expect, test } from 'vitest'

import { axisAt, axisFor } from './axis.ts'

test('values that lie far apart get a logarithmic axis', () => {
  expect(axisFor([1, 30], 'us').log).toBe(false)
  expect(axisFor([1, 33], 'us').log).toBe(true)
  expect(axisFor([0, 1_000_000], 'us').log).toBe(false)
})

test('a linear axis begins at zero and holds every value', () => {
  const { min, max, ticks } = axisFor([210, 480], 'us')
  expect(min).toBe(0)
  expect(max).toBeGreaterThanOrEqual(480)
  expect(ticks.map(({ label }) => label)).toContain('0.2 ms')
})

test.each([
  [1.1, 1.9],
  [3, 70],
  [0.05, 4_000],
  [40, 9_000_000],
])(
  'a logarithmic axis from %d to %d has enough ticks, not too many',
  (...ends) => {
    const { ticks, min, max } = axisFor(ends, 'us', 1)
    expect(ticks.length).toBeGreaterThanOrEqual(2)
    expect(ticks.length).toBeLessThanOrEqual(14)
    for (const { at } of ticks) {
      expect(at).toBeGreaterThanOrEqual(min)
      expect(at).toBeLessThanOrEqual(max)
    }
  },
)

test('a zero stands at the foot of a logarithmic axis, with a label', () => {
  const { log, min, ticks } = axisFor([0, 32, 60_000], 'bytes')
  expect(log).toBe(true)
  expect(ticks[0]).toEqual({ at: min, label: '0 bytes' })
  expect(ticks[1]?.at).toBeGreaterThan(2 * min)
})

test('the unit stands once where it does not change along the axis', () => {
  const { title, ticks } = axisFor([100, 5_000], 'per second')
  expect(title).toBe('per second')
  expect(ticks.at(-1)?.label).toMatch(/^[\d,]+$/)
})

test('a single value, or only zeros, still make an axis', () => {
  for (const values of [[5], [0], [0, 0]]) {
    const { min, max } = axisFor(values, 'count')
    expect(max).toBeGreaterThan(min)
  }
})

test('a knob has a tick at each of its positions', () => {
  const { log, ticks } = axisAt('subscribers', [1, 10, 1_000])
  expect(log).toBe(true)
  expect(ticks.map(({ label }) => label)).toEqual(['1', '10', '1,000'])
})
