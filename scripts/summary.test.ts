import { expect, test } from 'vitest'
import { closingLine, skipLine } from './summary.ts'

const skip = { file: 'a.test.ts', name: 'group > waits' }

test('the closing line counts passed and failed tests', () => {
  expect(closingLine({ passed: 12, failed: 0, skipped: [] })).toBe(
    '12 passed, 0 failed',
  )
})

test('the closing line names skipped tests only when there are some', () => {
  expect(closingLine({ passed: 1, failed: 2, skipped: [skip] })).toBe(
    '1 passed, 2 failed, 1 skipped',
  )
})

test('a skipped test is named with its reason when that is known', () => {
  expect(skipLine(skip)).toBe('skipped: a.test.ts > group > waits')
  expect(skipLine({ ...skip, reason: 'no browser' })).toBe(
    'skipped: a.test.ts > group > waits (no browser)',
  )
})
