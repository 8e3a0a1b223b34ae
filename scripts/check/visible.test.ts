import { expect, test } from 'vitest'
import { visible } from './visible.ts'

test.each([
  ['data: a', 'data: a'],
  ['a\tb\0c\u001b[2J\u007f', 'a␉b␀c␛[2J␡'],
  ['a\u2028b\u202ec\u200bd', 'a\\u2028b\\u202ec\\u200bd'],
  ['✓ 😀 日本語', '✓ 😀 日本語'],
])('%j is shown as %s', (text, shown) => {
  expect(visible(text)).toBe(shown)
})

test('a long text loses its middle, and says how much', () => {
  const shown = visible(`start${'x'.repeat(300_000)}end`)
  expect(shown).toMatch(/^startx+ … 299,932 more … x+end$/)
  expect(shown.length).toBeLessThanOrEqual(100)
})
