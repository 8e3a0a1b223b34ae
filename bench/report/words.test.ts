import { expect, test } from 'vitest'

import type { Metric, Summary, Verdict } from '../result.ts'
import { identify } from './identity.ts'
import { describeImplementations } from './implementations.ts'
import type { Reported } from './lookup.ts'
import { describeMetric } from './words.ts'

const metric: Metric = { id: 'p50', title: 'p50', unit: 'us', better: 'lower' }

test('the best is named with its figure and interval', () => {
  const text = describeMetric(metric, [
    reported('A', { median: 300, letters: 'b' }),
    reported('B', { median: 210, ci95: [200, 230], letters: 'a' }),
  ])
  expect(text).toBe('B is lowest with 0.21 ms (0.20–0.23); then A with 0.3 ms.')
})

test('those that share a letter are not ranked', () => {
  const text = describeMetric(metric, [
    reported('A', { median: 300, letters: 'a' }),
    reported('B', { median: 200, letters: 'a' }),
  ])
  expect(text).toContain('no order is shown')
  expect(text).not.toContain('lowest')
})

test('two that share a letter only with a third are not ranked either', () => {
  const text = describeMetric(metric, [
    reported('A', { median: 300, letters: 'b' }),
    reported('B', { median: 250, letters: 'ab' }),
    reported('C', { median: 200, letters: 'a' }),
    reported('D', { median: 900, letters: 'c' }),
  ])
  expect(text).toContain('A with 0.3 ms, B with 0.25 ms and C with 0.2 ms are')
  expect(text).toContain('then D with 0.9 ms')
  expect(text).toContain('see the letters')
})

test('without letters there is no order', () => {
  const text = describeMetric(metric, [
    reported('A', { median: 300 }),
    reported('B', { median: 200 }),
  ])
  expect(text).toContain('Too few rounds to tell them apart.')
  expect(text).not.toContain('lowest')
})

test('letters of two results do not rank one against the other', () => {
  const text = describeMetric(metric, [
    reported('A', { median: 300, letters: 'b' }),
    reported('B', { median: 200, letters: 'a' }, 'ok', 'another'),
  ])
  expect(text).toContain('no order is shown. They come from 2 runs')
  expect(text).not.toContain('lowest')
})

test('a verdict other than ok, and a bound, are left out of the order', () => {
  const text = describeMetric(metric, [
    reported('A', { median: 300, letters: 'a' }),
    reported('B', { median: 200, letters: 'b' }, 'noisy'),
    reported('C', { median: 100, letters: 'c', bound: 'at most' }),
  ])
  expect(text).toContain('A is lowest')
  expect(text).toContain('B with 0.2 ms (noisy) and C with ≤ 0.1 ms (a bound)')
})

test('where more is better, the most comes first', () => {
  const text = describeMetric({ ...metric, better: 'higher' }, [
    reported('A', { median: 300, letters: 'a' }),
    reported('B', { median: 200, letters: 'b' }),
  ])
  expect(text).toContain('A is highest')
})

test('two implementations of one transport are said to be that', () => {
  const sentences = describeImplementations([
    reported('Lesson', { median: 1 }).contestant,
    { ...reported('Library', { median: 1 }).contestant, transport: 'Lesson' },
    reported('Alone', { median: 1 }).contestant,
  ])
  expect(sentences[0]).toContain('two implementations of one transport, Lesson')
  expect(sentences[1]).toContain('Of Alone there is only one implementation')
})

function reported(
  title: string,
  summary: Pick<Summary, 'median'> & Partial<Summary>,
  verdict: Verdict = 'ok',
  source = 'result',
): Reported {
  const { median } = summary
  const one = { id: title, transport: title }
  const identity = identify([one]).get(title)
  if (identity === undefined) throw new Error(`${title} has no identity.`)
  return {
    contestant: { ...one, title, implementation: 'test', kind: 'lesson' },
    identity,
    cell: {
      scenario: 's',
      variant: '',
      contestant: title,
      verdict,
      verdicts: {},
      reasons: [],
      limits: {},
      figures: {},
    },
    source,
    summary: { min: median, max: median, rounds: 5, ...summary },
  }
}
