// The same messages for both receivers: that of Node, and that of a page.

import {
  createCipheriv,
  createECDH,
  hkdfSync,
  randomBytes,
  webcrypto,
} from 'node:crypto'

import { describe, expect, test } from 'vitest'
import webpush from 'web-push'

import { DecryptError, info } from './aes128gcm.ts'
import * as node from './decrypt.ts'
import * as browser from './decrypt-in-browser.ts'
import type { Keys } from './user-agent.ts'

/** https://www.rfc-editor.org/rfc/rfc8291.html#appendix-A */
const example = {
  text: 'When I grow up, I want to be a watermelon',
  privateKey: 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94',
  publicKey:
    'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  body: 'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
}
const body = Buffer.from(example.body, 'base64url')

type KeysOf = (privateKey: string, publicKey: string, auth: string) => unknown

const receivers: [string, KeysOf, () => Keys | Promise<Keys>][] = [
  [
    'node:crypto',
    (privateKey, _, auth) => {
      const ecdh = createECDH('prime256v1')
      ecdh.setPrivateKey(privateKey, 'base64url')
      return node.keysOf(ecdh, Buffer.from(auth, 'base64url'))
    },
    node.makeKeys,
  ],
  [
    'WebCrypto',
    async (d, point, auth) => {
      const bytes = Buffer.from(point, 'base64url')
      const x = bytes.subarray(1, 33).toString('base64url')
      const y = bytes.subarray(33).toString('base64url')
      const jwk = { kty: 'EC', crv: 'P-256', x, y }
      const ecdh = { name: 'ECDH', namedCurve: 'P-256' }
      const read = (key: object, uses: webcrypto.KeyUsage[]) =>
        webcrypto.subtle.importKey('jwk', key, ecdh, true, uses)
      const pair = {
        privateKey: await read({ ...jwk, d }, ['deriveBits']),
        publicKey: await read(jwk, []),
      }
      return browser.keysOf(
        pair,
        Uint8Array.from(Buffer.from(auth, 'base64url')),
      )
    },
    browser.makeKeys,
  ],
]

/** Encrypts a record that may end as it should not. */
function seal({ p256dh, auth }: Keys, record: Buffer, recordSize = 4_096) {
  const sender = createECDH('prime256v1')
  const senderKey = sender.generateKeys()
  const receiverKey = Buffer.from(p256dh, 'base64url')
  const hkdf = (salt: Buffer, secret: Buffer, info: Uint8Array, size: number) =>
    Buffer.from(hkdfSync('sha256', secret, salt, info, size))
  const shared = sender.computeSecret(receiverKey)
  const mixed = info.webPush(receiverKey, senderKey)
  const secret = hkdf(Buffer.from(auth, 'base64url'), shared, mixed, 32)
  const salt = randomBytes(16)
  const key = hkdf(salt, secret, info.key, 16)
  const nonce = hkdf(salt, secret, info.nonce, 12)
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update(record), cipher.final()])
  const head = Buffer.concat([salt, Buffer.alloc(4), Buffer.of(65), senderKey])
  head.writeUInt32BE(recordSize, 16)
  return Buffer.concat([head, sealed, cipher.getAuthTag()])
}

async function failureOf(work: () => unknown): Promise<DecryptError> {
  try {
    await work()
  } catch (error) {
    expect(error).toBeInstanceOf(DecryptError)
    return error as DecryptError
  }
  return expect.fail('It was decrypted.')
}

describe.each(receivers)('with %s', (_, keysOf, makeKeys) => {
  const exampleKeys = async () => {
    const { privateKey, publicKey, auth } = example
    return (await keysOf(privateKey, publicKey, auth)) as Keys
  }

  test('the example of RFC 8291 is read', async () => {
    const keys = await exampleKeys()
    expect(keys.p256dh).toBe(example.publicKey)
    expect(keys.auth).toBe(example.auth)
    expect(await keys.decrypt(body)).toBe(example.text)
  })

  test('a message that was cut off anywhere is refused', async () => {
    const keys = await exampleKeys()
    for (let length = 0; length < body.length; length++)
      await failureOf(() => keys.decrypt(body.subarray(0, length)))
    const { message } = await failureOf(() => keys.decrypt(body.subarray(0, 5)))
    expect(message).toBe(
      'An encrypted message is at least 103 bytes long, got 5: it was cut off.',
    )
  })

  test('a message of which any byte was changed is refused', async () => {
    const keys = await exampleKeys()
    for (const [at, byte] of body.entries()) {
      // The record size matters only where it is too small.
      if (at >= 16 && at < 20) continue
      const changed = Buffer.from(body)
      changed[at] = byte ^ 0x10
      await failureOf(() => keys.decrypt(changed))
    }
  })

  test('a message for another key, or with another secret, is refused', async () => {
    const other = await makeKeys()
    const { message } = await failureOf(() => other.decrypt(body))
    expect(message).toBe(
      'The message is damaged, or encrypted for other keys than these.',
    )
    const { privateKey, publicKey } = example
    const strange = await keysOf(privateKey, publicKey, other.auth)
    await failureOf(() => (strange as Keys).decrypt(body))
  })

  test.each(['', 'a', ' ✓ 👍\n', '\uFEFFa mark', 'x'.repeat(3_993)])(
    'what web-push encrypts is read (%#)',
    async (text) => {
      const { p256dh, auth, decrypt } = await makeKeys()
      const { cipherText } = webpush.encrypt(p256dh, auth, text, 'aes128gcm')
      expect(cipherText).toHaveLength(Buffer.byteLength(text) + 103)
      expect(await decrypt(cipherText)).toBe(text)
    },
  )

  test('padding is taken off, and zeros of the text are not', async () => {
    const keys = await makeKeys()
    const padded = seal(keys, Buffer.from('a\0\0\x02\0\0\0'))
    expect(await keys.decrypt(padded)).toBe('a\0\0')
  })

  test.each([
    ['a\x01', 'The last record must end with the delimiter 2, got 1.'],
    ['a', 'The last record must end with the delimiter 2, got 97.'],
    ['\0\0', 'The last record must end with the delimiter 2, got none.'],
  ])('a record %j ends wrongly', async (record, sentence) => {
    const keys = await makeKeys()
    const sealed = seal(keys, Buffer.from(record))
    const { message } = await failureOf(() => keys.decrypt(sealed))
    expect(message).toBe(sentence)
  })

  test('a message of several records is refused', async () => {
    const keys = await makeKeys()
    const sealed = seal(keys, Buffer.from('abc\x02'), 19)
    const { message } = await failureOf(() => keys.decrypt(sealed))
    expect(message).toBe(
      'A message must be one record of at most 19 bytes, got 20.',
    )
  })

  test('bytes that are no UTF-8 are refused', async () => {
    const keys = await makeKeys()
    const sealed = seal(keys, Buffer.of(0xff, 2))
    const { message } = await failureOf(() => keys.decrypt(sealed))
    expect(message).toBe('The message must be UTF-8 text, got other bytes.')
  })
})
