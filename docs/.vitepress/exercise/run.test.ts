// A run of checks, line by line.

import { expect, it } from 'vitest'

import type { CheckLine } from '../../../scripts/control/exercises.ts'
import { describeRun, newRun, withLine } from './run.ts'

const first: CheckLine = {
  exercise: 4,
  folder: '04-server-sent-events',
  steps: ['origin', 'lines'],
}
const passed: CheckLine = { check: 'origin', passed: true, ms: 7 }
const failure = {
  how: 'failed',
  says: 'one line came',
  wire: [],
  look: { file: 'server.ts', line: 1, text: '' },
} as const
const failed: CheckLine = {
  ...failure,
  check: 'lines',
  passed: false,
  ms: 9,
}
const run = (...lines: CheckLine[]) => lines.reduce(withLine, newRun)

it('collects what passed, what failed, and what was printed', () => {
  const one = run(
    first,
    passed,
    failed,
    { printed: 'a\n' },
    { printed: 'b\n' },
    { passed: false, done: 1, of: 2 },
  )
  expect(one).toEqual({
    passed: [{ check: 'origin', ms: 7 }],
    failure: failed,
    printed: 'a\nb\n',
    end: { passed: false, done: 1, of: 2 },
  })
  expect(describeRun(one)).toBe('lines is not kept yet.')
})

it.each<[string, CheckLine[], string]>([
  ['runs', [first, passed], ''],
  [
    'is over',
    [first, passed, { passed: true, done: 2, of: 2 }],
    'Your version keeps all that the transport has to.',
  ],
  [
    'does not load',
    [first, { ...failure, passed: false, ms: 0 }],
    'Your version does not run.',
  ],
  ['is ended', [first, { error: 'It took too long.' }], 'It took too long.'],
])('says in words when it %s', (_, lines, words) => {
  expect(describeRun(run(...lines))).toBe(words)
})
