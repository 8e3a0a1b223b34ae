import { describe, expect, test } from 'vitest'
import webpush from 'web-push'

import { makeKeys } from './decrypt.ts'
import { decodePayload, encodePayload, maxPushBytes } from './payload.ts'

const id = 'test-1'
const { p256dh, auth } = makeKeys()

function encryptedBytes(text: string): number {
  return webpush.encrypt(p256dh, auth, text, 'aes128gcm').cipherText.length
}

/** So much data fills a push: the frame around it takes the rest. */
const room = maxPushBytes - encryptedBytes(JSON.stringify({ id, data: '' }))

test.each(['', 'two\nlines', '\u2028 ✓ 👍', '{"id":"test-7"}'])(
  'a message is there again: %j',
  (data) => {
    expect(decodePayload(encodePayload({ id, data }))).toEqual({ id, data })
  },
)

describe('a message that does not fit is its id alone', () => {
  test('by one byte', () => {
    const fits = encodePayload({ id, data: 'x'.repeat(room) })
    expect(encryptedBytes(fits)).toBe(maxPushBytes)
    expect(decodePayload(fits)).toEqual({ id, data: 'x'.repeat(room) })
    const tooLong = encodePayload({ id, data: 'x'.repeat(room + 1) })
    expect(tooLong).toBe('{"id":"test-1"}')
    expect(decodePayload(tooLong)).toEqual({ id })
  })

  test('counted in bytes, not in characters, and as JSON', () => {
    const alone = '{"id":"test-1"}'
    expect(encodePayload({ id, data: '✓'.repeat(room / 3 + 1) })).toBe(alone)
    expect(encodePayload({ id, data: '\n'.repeat(room / 2 + 1) })).toBe(alone)
  })
})

test.each([
  '',
  'hello',
  'null',
  '7',
  '{}',
  '{"id":"yesterday"}',
  '{"id":7,"data":"x"}',
  '{"id":"test-1","data":7}',
  '{"id":"test-1/../../push","data":"x"}',
])('%j is no payload', (text) => {
  expect(() => decodePayload(text)).toThrow(SyntaxError)
})
