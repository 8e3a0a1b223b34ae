import { expect, test } from 'vitest'
import { printable } from './printable.ts'

test('a line stays a line, and a terminal obeys none of it', () => {
  expect(printable('a\tb\r\n\u001b[2J\u0085\u2028\u202e!')).toBe(
    'a\\tb\\r\\n\\u001b[2J\\u0085\\u2028\\u202e!',
  )
})

test('text of any language is left as it is', () => {
  expect(printable('für 日本語 👩‍👩‍👧 "x"')).toBe('für 日本語 👩‍👩‍👧 "x"')
})

test('what is too long is cut, and says so', () => {
  const text = printable('x'.repeat(300_000))
  expect(text).toBe(`${'x'.repeat(2_000)}… and 298000 characters more`)
})
