import { describe, expect, test } from 'vitest'

import { Refusal } from '../shared/refusal.ts'
import {
  isAsUrgent,
  isImpatient,
  parsePushHeaders,
  parseUrgency,
} from './push-headers.ts'

test('a message says how long it may wait, and is of normal urgency', () => {
  expect(parsePushHeaders({ ttl: '0' })).toEqual({
    ttlSeconds: 0,
    urgency: 'normal',
    topic: undefined,
    isEncrypted: false,
  })
})

test('it may say more', () => {
  const headers = {
    ttl: '60',
    urgency: 'very-low',
    topic: 'upd_2-X',
    'content-encoding': 'aes128gcm',
  }
  expect(parsePushHeaders(headers)).toEqual({
    ttlSeconds: 60,
    urgency: 'very-low',
    topic: 'upd_2-X',
    isEncrypted: true,
  })
})

test.each([
  [{}, 400, /^TTL must be a number of seconds, got none\./],
  [{ ttl: '' }, 400, /got ""/],
  [{ ttl: '-1' }, 400, /got "-1"/],
  [{ ttl: '1.5' }, 400, /got "1\.5"/],
  [{ ttl: '99999999999' }, 400, /got "99999999999"/],
  [{ ttl: '1, 2' }, 400, /got "1, 2"/],
  [{ ttl: '1', urgency: 'urgent' }, 400, /^Urgency must be one of very-low, /],
  [{ ttl: '1', topic: 'a b' }, 400, /^Topic must be 1 to 32 of /],
  [{ ttl: '1', topic: 'x'.repeat(33) }, 400, /^Topic must be 1 to 32 of /],
  [{ ttl: '1', 'content-encoding': 'aesgcm' }, 415, /must be aes128gcm/],
])('%j is refused', (headers, status, sentence) => {
  try {
    parsePushHeaders(headers)
    expect.fail('It was taken.')
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal)
    expect((error as Refusal).status).toBe(status)
    expect((error as Refusal).message).toMatch(sentence)
  }
})

describe('urgency', () => {
  test('has an order', () => {
    expect(isAsUrgent('high', 'normal')).toBe(true)
    expect(isAsUrgent('normal', 'normal')).toBe(true)
    expect(isAsUrgent('low', 'normal')).toBe(false)
  })

  test('is what the header says, or else the other', () => {
    expect(parseUrgency({}, 'very-low')).toBe('very-low')
    expect(parseUrgency({ urgency: 'high' }, 'very-low')).toBe('high')
  })
})

test.each([
  ['wait=0', true],
  ['respond-async, wait=0', true],
  ['Wait = "0"', true],
  ['wait=0; foo', true],
  ['wait=10', false],
  ['await=0', false],
  [undefined, false],
])('Prefer: %s is impatient: %s', (prefer, expected) => {
  expect(isImpatient({ prefer })).toBe(expected)
})
