import { describe, expect, test } from 'vitest'

import { codes } from './errors.ts'
import { answerHeaders, requestHeaders } from './message.ts'
import type { Field } from './qpack.ts'

const connect: Field[] = [
  [':method', 'CONNECT'],
  [':scheme', 'https'],
  [':authority', '127.0.0.1:8010'],
  [':path', '/messages'],
  [':protocol', 'webtransport'],
]

const get: Field[] = [
  [':method', 'GET'],
  [':scheme', 'https'],
  [':authority', '127.0.0.1'],
  [':path', '/'],
]

const malformed = expect.objectContaining({ code: codes.H3_MESSAGE_ERROR })

describe('a request', () => {
  test('is its fields by name', () => {
    const more: Field[] = [
      ['cookie', 'a=1'],
      ['cookie', 'b=2'],
      ['accept', 'a'],
      ['accept', 'b'],
      ['__proto__', 'x'],
    ]
    const headers = requestHeaders([...connect, ...more])
    expect(headers).toMatchObject({
      ...Object.fromEntries(connect),
      cookie: 'a=1; b=2',
      accept: 'a, b',
    })
    expect(Object.keys(headers)).toContain('__proto__')
  })

  test.each<[string, Field[]]>([
    ['no method', get.slice(1)],
    ['no scheme', get.filter(([name]) => name !== ':scheme')],
    ['no path', get.slice(0, 3)],
    ['an empty path', [...get.slice(0, 3), [':path', '']]],
    ['a tunnel without a host', [[':method', 'CONNECT']]],
    [':protocol without CONNECT', [...get, [':protocol', 'webtransport']]],
    ['a pseudo header twice', [...get, [':path', '/']]],
    ['one that is unknown', [...get, [':host', 'x']]],
    ['one of answers', [...get, [':status', '200']]],
    ['one after others', [...get.slice(1), ['a', 'b'], [':method', 'GET']]],
    ['an upper-case name', [...get, ['Accept', 'x']]],
    ['an empty name', [...get, ['', 'x']]],
    ['a name with a space', [...get, ['a b', 'x']]],
    ['a name with a colon', [...get, ['a:b', 'x']]],
    ['a line break', [...get, ['a', 'b\r\nc: d']]],
    ['connection', [...get, ['connection', 'close']]],
    ['transfer-encoding', [...get, ['transfer-encoding', 'chunked']]],
    ['upgrade', [...get, ['upgrade', 'websocket']]],
    ['te that is not trailers', [...get, ['te', 'gzip']]],
  ])('with %s is malformed', (_, fields) => {
    expect(() => requestHeaders(fields)).toThrow(malformed)
  })
})

describe('an answer', () => {
  test('has a status', () => {
    expect(answerHeaders([[':status', '200']])).toEqual({ ':status': '200' })
  })

  test.each<[string, Field[]]>([
    ['no status', []],
    ['a status of two digits', [[':status', '20']]],
    ['a status of letters', [[':status', 'abc']]],
    [
      'a method',
      [
        [':status', '200'],
        [':method', 'GET'],
      ],
    ],
  ])('with %s is malformed', (_, fields) => {
    expect(() => answerHeaders(fields)).toThrow(malformed)
  })
})
