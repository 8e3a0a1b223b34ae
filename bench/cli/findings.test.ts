import { expect, test } from 'vitest'

import { sampleResult } from '../report/sample-result.ts'
import type { Cell, Comparison, Result, Summary, Verdict } from '../result.ts'
import { findingsOf } from './findings.ts'

const few = /^Where no letters stand, the rounds are too few/

test('each table has a sentence, one for each position of its knob', () => {
  const starts = findingsOf(sampleResult({ samples: 10 })).map(
    (finding) => finding.split(':')[0],
  )
  expect(starts).toEqual([
    'Push latency',
    'Fan-out, 1 subscriber',
    'Fan-out, 10 subscribers',
    'Fan-out, 100 subscribers',
    'Fan-out, 1000 subscribers',
    'Bytes on the wire',
  ])
})

test('it names both ends, and how far they are apart', () => {
  const result = resultOf({
    'raw-tcp': { median: 100, letters: 'a' },
    '02-long-polling': { median: 150, letters: 'b' },
    '01-short-polling': { median: 300, letters: 'c' },
  })
  expect(findingsOf(differing(result))).toEqual([
    [
      'Bytes on the wire: Raw TCP has the least with 100 bytes',
      'Short polling the most with 300 bytes',
      '3.0 times as much.',
    ].join(', '),
  ])
})

test('what is not proved is said to be so', () => {
  const result = resultOf({
    'raw-tcp': { median: 100, letters: 'a' },
    '01-short-polling': { median: 120, letters: 'a' },
  })
  expect(findingsOf(result)[0]).toContain('; 5 rounds do not prove it.')
  expect(findingsOf(differing(result))[0]).not.toContain('prove')
})

test('a difference of others, or in another figure, is no proof', () => {
  const result = resultOf({
    'raw-tcp': { median: 100, letters: 'a' },
    '01-short-polling': { median: 120, letters: 'a' },
  })
  const [proof] = differing(result).comparisons
  if (proof === undefined) throw new Error('There is no comparison.')
  for (const other of [
    { b: '02-long-polling' },
    { metric: 'packets' },
    { variant: '10' },
    { scenario: 'fan-out' },
    { differs: false },
  ]) {
    const comparisons = [{ ...proof, ...other }]
    expect(findingsOf({ ...result, comparisons })[0]).toContain('do not prove')
  }
})

test('without letters, the next step is told once', () => {
  const findings = findingsOf(
    resultOf({
      'raw-tcp': { median: 100 },
      '01-short-polling': { median: 300 },
    }),
  )
  expect(findings).toHaveLength(2)
  expect(findings[0]).not.toContain('prove')
  expect(findings[1]).toMatch(few)
})

test('bounds, and verdicts other than ok, are at no end', () => {
  const result = resultOf(
    {
      'raw-tcp': { median: 100, letters: 'a' },
      '01-short-polling': { median: 120, letters: 'b' },
      '02-long-polling': { median: 900, letters: 'c', bound: 'at most' },
      '03-http-streaming': { median: 1, letters: 'd' },
    },
    { '03-http-streaming': 'noisy' },
  )
  expect(findingsOf(result)[0]).toContain('Raw TCP has the least')
  expect(findingsOf(result)[0]).toContain('Short polling the most')
})

test('one figure alone is compared with nothing', () => {
  const result = resultOf(
    {
      'raw-tcp': { median: 100, letters: 'a' },
      '01-short-polling': { median: 120, letters: 'a' },
    },
    { '01-short-polling': 'noisy' },
  )
  expect(findingsOf(result)).toEqual([
    'Bytes on the wire: no two figures may be compared; see the verdicts.',
  ])
})

test('nothing is not so many times something', () => {
  const result = resultOf({
    'raw-tcp': { median: 0, letters: 'a' },
    '01-short-polling': { median: 120, letters: 'b' },
  })
  expect(findingsOf(result)[0]).not.toContain('times')
})

/** Of one table only: bytes on the wire. */
function resultOf(
  figures: Readonly<Record<string, Pick<Summary, 'median'> & Partial<Summary>>>,
  verdicts: Readonly<Record<string, Verdict>> = {},
): Result {
  const sample = sampleResult({ samples: 1 })
  const cells = Object.entries(figures).map(
    ([contestant, { median, ...rest }]): Cell => ({
      scenario: 'wire',
      variant: '',
      contestant,
      verdict: verdicts[contestant] ?? 'ok',
      verdicts: {},
      reasons: [],
      limits: {},
      figures: {
        bytes: { median, min: median, max: median, rounds: 5, ...rest },
      },
    }),
  )
  const scenarios = sample.scenarios.filter(({ id }) => id === 'wire')
  return { ...sample, scenarios, cells, comparisons: [] }
}

/** It is proved that the two at the ends differ. */
function differing(result: Result): Result {
  const proof: Comparison = {
    scenario: 'wire',
    variant: '',
    metric: 'bytes',
    a: '01-short-polling',
    b: 'raw-tcp',
    rounds: 8,
    shiftPercent: -60,
    p: 0.01,
    pHolm: 0.02,
    differs: true,
  }
  return { ...result, comparisons: [proof] }
}
