import { describe, expect, test } from 'vitest'

import { SubscribeError } from '../lesson.ts'
import { refused, retryAfterMs } from './refused.ts'

const url = new URL('http://127.0.0.1:8004/messages')

test('the error says who refused, with which status and reason', () => {
  const error = refused(url, 404, 'There is none.\n', () => undefined)
  expect(error).toBeInstanceOf(SubscribeError)
  expect(error.message).toBe(
    'http://127.0.0.1:8004/messages answered 404: There is none.',
  )
  expect(error).toMatchObject({
    status: 404,
    retryAfterMs: undefined,
    feedStart: undefined,
  })
})

test('the error carries what the headers wish', () => {
  const headers = new Headers({ 'retry-after': '7', 'feed-start': 'k3f9-0' })
  const error = refused(url, 503, '', (name) => headers.get(name))
  expect(error).toMatchObject({ retryAfterMs: 7_000, feedStart: 'k3f9-0' })
})

describe('Retry-After', () => {
  const now = Date.parse('2025-11-22T10:00:00Z')

  test.each([
    ['0', 0],
    ['120', 120_000],
    ['Sat, 22 Nov 2025 10:01:30 GMT', 90_000],
    ['Sat, 22 Nov 2025 09:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('of %j is %j ms', (value, ms) => {
    expect(retryAfterMs(value, now)).toBe(ms)
  })

  test.each(['-5', '1.5'])('of %j is no number of seconds', (value) => {
    // Date.parse takes some of these for a date of the past.
    expect(retryAfterMs(value, now) ?? 0).toBe(0)
  })
})
