import { expect, test } from 'vitest'

import { collect } from '../testing.ts'
import {
  brokenBy,
  ConnectionError,
  connectionError,
} from './connection-error.ts'

const reset = Object.assign(new Error('read ECONNRESET'), {
  code: 'ECONNRESET',
})

test.each([
  ['an error of the system', reset, 'read ECONNRESET'],
  ['a sentence', 'the stream closed', 'the stream closed'],
  ['an error without a message', new Error(), 'the connection broke'],
  ['nothing', undefined, 'undefined'],
  [
    'TLS with a server that has none',
    Object.assign(new Error('wrong version number'), { code: 'EPROTO' }),
    'the server does not speak TLS: ask with http:// instead of https://',
  ],
])('a connection breaks with %s', (_, cause, message) => {
  const error = connectionError(cause)
  expect(error).toBeInstanceOf(ConnectionError)
  expect(error).toMatchObject({ message, cause })
})

test('what is a broken connection already stays as it is', () => {
  const error = new ConnectionError('nothing came for 20 ms')
  expect(connectionError(error)).toBe(error)
})

test('a source that breaks hands out what came before', async () => {
  async function* source() {
    yield 1
    throw reset
  }
  const items = brokenBy(source())
  expect((await items.next()).value).toBe(1)
  await expect(items.next()).rejects.toThrow(ConnectionError)
  async function* whole() {
    yield* [1, 2]
  }
  expect(await collect(brokenBy(whole()))).toEqual([1, 2])
})
