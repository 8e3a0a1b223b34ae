import { expect, test } from 'vitest'

import { formatCursor, parseCursor } from './cursor.ts'

test('a cursor names a feed and a position', () => {
  expect(parseCursor('k3f9x2-42')).toEqual({ feed: 'k3f9x2', position: 42 })
  expect(formatCursor('k3f9x2', 42)).toBe('k3f9x2-42')
})

test.each(['abcd-0', '0123456789abcdef-999999999999999'])(
  '%j is read and written without a change',
  (text) => {
    const { feed, position } = parseCursor(text) ?? expect.fail('no cursor')
    expect(formatCursor(feed, position)).toBe(text)
  },
)

test.each([
  ['nothing', ''],
  ['no position', 'k3f9x2'],
  ['an empty position', 'k3f9x2-'],
  ['no feed', '-42'],
  ['a name that is too short', 'abc-1'],
  ['a name that is too long', '0123456789abcdefg-1'],
  ['capital letters', 'K3F9X2-42'],
  ['a leading zero', 'k3f9x2-042'],
  ['a sign', 'k3f9x2-+42'],
  ['a negative position', 'k3f9x2--1'],
  ['a fraction', 'k3f9x2-4.2'],
  ['an exponent', 'k3f9x2-4e2'],
  ['a position that no number holds exactly', 'k3f9x2-9999999999999999'],
  ['a space before it', ' k3f9x2-42'],
  ['a line break after it', 'k3f9x2-42\n'],
  ['digits that are not ASCII', 'k3f9x2-４２'],
])('a text with %s is no cursor', (_, text) => {
  expect(parseCursor(text)).toBeUndefined()
})
