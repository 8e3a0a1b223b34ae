import { describe, expect, test } from 'vitest'

import { ConnectionError } from '../shared/connection-error.ts'
import { readAnswer } from './read-answer.ts'

const next = '</messages?after=test-2>; rel="next"'
const body = '[{"id":"test-1","data":"a"},\n{"id":"test-2","data":"b"}]\n'
const messages = [
  { id: 'test-1', data: 'a' },
  { id: 'test-2', data: 'b' },
]

test('an answer with messages brings them', () => {
  expect(readAnswer(200, '"test-2"', null, body)).toEqual({
    arrivals: messages,
    more: false,
  })
})

test('an answer with a next page says that there is more', () => {
  expect(readAnswer(200, '"test-2"', next, body).more).toBe(true)
  expect(readAnswer(200, '"test-2"', '</x>; rel="prev"', body).more).toBe(false)
})

test.each([
  ['200 with an empty array', 200, '[]\n'],
  ['204', 204, ''],
  ['304', 304, ''],
])('%s brings the position', (_, status, body) => {
  expect(readAnswer(status, 'W/"test-2"', undefined, body)).toEqual({
    arrivals: [{ id: 'test-2' }],
    more: false,
  })
})

describe('what is no answer of such a server is a broken connection:', () => {
  test.each([
    ['another status', 302, '"test-2"', body],
    ['no ETag', 200, undefined, body],
    ['no ETag for nothing', 304, null, ''],
    ['another kind of ETag', 200, 'test-2', body],
    ['a page instead of JSON', 200, '"test-2"', '<html>Please log in</html>'],
    ['an answer that was cut', 200, '"test-2"', body.slice(0, -3)],
    ['no array', 200, '"test-2"', '{"error":"none"}'],
    ['null', 200, '"test-2"', 'null'],
  ])('%s', (_, status, etag, body) => {
    expect(() => readAnswer(status, etag, null, body)).toThrow(ConnectionError)
  })

  test('with a sentence', () => {
    expect(() => readAnswer(302, null, null, '')).toThrow(
      'expected an answer with 200, 204 or 304 and an ETag, got 302 and null',
    )
    expect(() => readAnswer(200, '"x"', null, '<html>')).toThrow(
      'expected a JSON array of messages, got "<html>"',
    )
  })
})
