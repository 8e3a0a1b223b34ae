// How texts are measured, and broken into lines.

import { expect, it } from 'vitest'

import { widthOf } from './measure.ts'
import { leastWidthOf, wrap } from './wrap.ts'

const size = 10
const text = 'GET /messages, If-None-Match: "k3f9x2-41"'

it('keeps a text that fits in one line', () => {
  expect(wrap(text, size, widthOf(text, size))).toEqual([text])
})

it('has no lines for no text', () => {
  expect(wrap('', size, 100)).toEqual([])
})

it('breaks between clauses rather than within one', () => {
  expect(wrap(text, size, 210)).toEqual([
    'GET /messages,',
    'If-None-Match: "k3f9x2-41"',
  ])
  expect(wrap('id: 42, data: … (what was missed)', size, 160)).toEqual([
    'id: 42, data: …',
    '(what was missed)',
  ])
})

it('makes lines about equally long', () => {
  expect(wrap('one two three four five six seven', size, 130)).toEqual([
    'one two three',
    'four five six seven',
  ])
})

it('breaks a long word where its syntax offers a chance', () => {
  expect(wrap('/messages?after=k3f9x2-40', size, 100)).toEqual([
    '/messages',
    '?after=k3f9x2-40',
  ])
})

it('breaks a word without any chance where it must', () => {
  const lines = wrap('a'.repeat(40), size, 100)
  expect(lines.join('')).toBe('a'.repeat(40))
  expect(lines).toHaveLength(3)
})

it('keeps line breaks of the text', () => {
  expect(wrap('Proxy\n(nginx)', size, 200)).toEqual(['Proxy', '(nginx)'])
})

it('gives each line all of its backticks', () => {
  expect(wrap('waits, as `retry: 1000` asked', size, 90)).toEqual([
    'waits, as `retry:`',
    '`1000` asked',
  ])
})

it.each([40, 55, 80, 130, 300])(
  'loses nothing, and stays within %i pixels',
  (width) => {
    const lines = wrap(text, size, width)
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
    for (const line of lines)
      expect(widthOf(line, size)).toBeLessThanOrEqual(width + 0.1)
  },
)

it('tears no word at the least width', () => {
  const words = 'whole words, only whole words'
  const lines = wrap(words, size, leastWidthOf(words, size))
  expect(lines.join(' ')).toBe(words)
})

it('takes characters that it does not know to be wide', () => {
  expect(widthOf('漢', size)).toBeGreaterThan(size)
  expect(widthOf('🙂', size)).toBeGreaterThan(size)
})
