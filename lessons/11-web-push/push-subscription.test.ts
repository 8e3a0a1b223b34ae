import { expect, test } from 'vitest'

import { Refusal } from '../shared/refusal.ts'
import { makeKeys } from './decrypt.ts'
import { parsePushSubscription } from './push-subscription.ts'

const origin = 'https://127.0.0.1:8011'
const { p256dh, auth } = makeKeys()
const keys = { p256dh, auth }
const subscription = { endpoint: `${origin}/push/x`, keys }

function parse(value: unknown, takesVendors = false) {
  return parsePushSubscription(JSON.stringify(value), origin, takesVendors)
}

test('what a browser makes is taken, without what nobody needs', () => {
  const made = { ...subscription, expirationTime: null }
  expect(parse(made)).toEqual(subscription)
})

const vendors = [
  'https://fcm.googleapis.com/fcm/send/abc',
  'https://updates.push.services.mozilla.com/wpush/v2/abc',
  'https://wns2-par02p.notify.windows.com/w/?token=abc',
  'https://web.push.apple.com/abc',
]

test.each(vendors)('%s is taken only where vendors are', (endpoint) => {
  expect(parse({ endpoint, keys }, true)).toEqual({ endpoint, keys })
  expect(() => parse({ endpoint, keys })).toThrow(
    `The endpoint must be one of ${origin}, got another.`,
  )
})

test.each([
  'https://127.0.0.1:8012/push/x',
  'http://127.0.0.1:8011/push/x',
  'https://127.0.0.1:8011.example.com/',
  'https://127.0.0.1:8011@example.com/',
  'https://169.254.169.254/latest/meta-data',
  'https://fcm.googleapis.com.example.com/',
  'https://notfcm.googleapis.com/',
  'https://push.apple.com.example.com/',
  'https://fcm.googleapis.com:8443/',
  'http://fcm.googleapis.com/',
  'file:///etc/passwd',
  'push',
  '',
  7,
])('nothing is ever posted to %j', (endpoint) => {
  expect(() => parse({ endpoint, keys }, true)).toThrow(Refusal)
})

test.each([
  [{ ...keys, p256dh: undefined }, /^keys\.p256dh must be/],
  [{ ...keys, p256dh: p256dh.slice(0, -2) }, /^keys\.p256dh must be/],
  // 65 bytes, and no point of the curve.
  [{ ...keys, p256dh: `BA${'A'.repeat(85)}` }, /^keys\.p256dh must be/],
  [{ ...keys, auth: 'AAAA' }, /^keys\.auth must be 16 bytes/],
  [{ ...keys, auth: 7 }, /^keys\.auth must be 16 bytes/],
  [null, /^keys\.p256dh must be/],
])('keys %j are refused', (bad, sentence) => {
  expect(() => parse({ ...subscription, keys: bad })).toThrow(sentence)
})

test.each(['', '{', 'hello'])('%j is no JSON', (body) => {
  expect(() => parsePushSubscription(body, origin, false)).toThrow(
    /must be JSON/,
  )
})

test.each(['null', '7', '[]', '"x"'])('%s is no subscription', (body) => {
  expect(() => parsePushSubscription(body, origin, false)).toThrow(Refusal)
})
