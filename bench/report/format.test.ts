import { expect, test } from 'vitest'

import { formatFigure, formatInterval } from './format.ts'

test('times take the unit that suits them', () => {
  expect(formatFigure(47.23, 'us')).toBe('47.2 µs')
  expect(formatFigure(210, 'us')).toBe('0.21 ms')
  expect(formatFigure(1_300_000, 'us')).toBe('1.3 s')
  expect(formatFigure(999_600, 'us')).toBe('1 s')
  expect(formatFigure(99.96, 'us')).toBe('0.1 ms')
})

test('sizes take the unit that suits them', () => {
  expect(formatFigure(1_234, 'bytes')).toBe('1,234 bytes')
  expect(formatFigure(17_408, 'bytes')).toBe('17 KiB')
  expect(formatFigure(17, 'KiB')).toBe('17 KiB')
  expect(formatFigure(2_048, 'KiB')).toBe('2 MiB')
})

test('rates have commas, and no digits that the rounds cannot tell', () => {
  expect(formatFigure(12_345, 'per second')).toBe('12,300 per second')
  expect(formatFigure(4.567, 'ms/s')).toBe('4.57 ms/s')
})

test('counts are exact', () => {
  expect(formatFigure(12_345, 'count')).toBe('12,345')
  expect(formatFigure(1, 'packets')).toBe('1 packet')
})

test('what is no number is not written as one', () => {
  expect(formatFigure(Number.NaN, 'us')).toBe('none')
  expect(formatFigure(-0, 'us')).toBe('0 µs')
})

test('both ends of an interval have the same unit and as many decimals', () => {
  expect(formatInterval([200, 230], 'us')).toBe('0.20–0.23 ms')
  expect(formatInterval([98, 104], 'us')).toBe('0.098–0.104 ms')
  expect(formatInterval([98, 104], 'us', 99)).toBe('98–104 µs')
  expect(formatInterval([11_992, 14_090], 'per second')).toBe(
    '12,000–14,100 per second',
  )
  expect(formatInterval([0, 0], 'packets')).toBe('0–0 packets')
})
