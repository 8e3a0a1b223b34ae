// The receiver's keys, and what they open: RFC 8291 with WebCrypto. A browser
// does this itself for messages that come through its own push service.

import { DecryptError, info, parseSealed, unpad } from './aes128gcm.ts'
import type { Keys } from './user-agent.ts'

const ecdh = { name: 'ECDH', namedCurve: 'P-256' }

/** New keys for one subscription. The private one cannot even be read. */
export async function makeKeys(): Promise<Keys> {
  const pair = await crypto.subtle.generateKey(ecdh, false, ['deriveBits'])
  const auth = crypto.getRandomValues(new Uint8Array(16))
  return keysOf(pair, auth)
}

/** Keys that exist already. */
export async function keysOf(
  { privateKey, publicKey }: CryptoKeyPair,
  auth: Uint8Array<ArrayBuffer>,
): Promise<Keys> {
  const raw = await crypto.subtle.exportKey('raw', publicKey)
  const receiverKey = new Uint8Array(raw)

  async function decrypt(body: Uint8Array): Promise<string> {
    const { salt, senderKey, record } = parseSealed(body)
    try {
      const sender = await crypto.subtle.importKey(
        'raw',
        Uint8Array.from(senderKey),
        ecdh,
        false,
        [],
      )
      const agreed = { name: 'ECDH', public: sender }
      const shared = await crypto.subtle.deriveBits(agreed, privateKey, 256)
      const mixed = info.webPush(receiverKey, senderKey)
      const secret = await hkdf(auth, shared, mixed, 32)
      const bits = await hkdf(salt, secret, info.key, 16)
      const iv = await hkdf(salt, secret, info.nonce, 12)

      const aes = { name: 'AES-GCM', iv }
      const key = await crypto.subtle.importKey('raw', bits, aes, false, [
        'decrypt',
      ])
      const sealed = Uint8Array.from(record)
      const text = await crypto.subtle.decrypt(aes, key, sealed)
      return unpad(new Uint8Array(text))
    } catch (cause) {
      if (cause instanceof DecryptError) throw cause
      throw new DecryptError(
        'The message is damaged, or encrypted for other keys than these.',
        { cause },
      )
    }
  }
  return { p256dh: base64url(receiverKey), auth: base64url(auth), decrypt }
}

async function hkdf(
  salt: Uint8Array,
  secret: ArrayBuffer,
  info: Uint8Array<ArrayBuffer>,
  length: number,
): Promise<ArrayBuffer> {
  const key = await crypto.subtle.importKey('raw', secret, 'HKDF', false, [
    'deriveBits',
  ])
  const from = { name: 'HKDF', hash: 'SHA-256', salt: Uint8Array.from(salt) }
  return crypto.subtle.deriveBits({ ...from, info }, key, 8 * length)
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
