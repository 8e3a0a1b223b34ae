// The receiver's keys, and what they open: RFC 8291 with node:crypto.

import {
  createDecipheriv,
  createECDH,
  type ECDH,
  hkdfSync,
  randomBytes,
} from 'node:crypto'

import { DecryptError, info, parseSealed, unpad } from './aes128gcm.ts'
import type { Keys } from './user-agent.ts'

/** New keys for one subscription. The private one never leaves this process. */
export function makeKeys(): Keys {
  const ecdh = createECDH('prime256v1')
  ecdh.generateKeys()
  return keysOf(ecdh, randomBytes(16))
}

/**
 * Keys that exist already.
 *
 * @param auth the secret that only the application server is given: who knows
 *   the public key alone can encrypt nothing that is accepted
 */
export function keysOf(ecdh: ECDH, auth: Buffer): Keys {
  const publicKey = ecdh.getPublicKey()
  return {
    p256dh: publicKey.toString('base64url'),
    auth: auth.toString('base64url'),
    decrypt: (body) => decrypt(body, ecdh, publicKey, auth),
  }
}

/** @throws DecryptError when `body` is damaged, or encrypted for other keys */
function decrypt(
  body: Uint8Array,
  ecdh: ECDH,
  publicKey: Buffer,
  auth: Buffer,
): string {
  // #region decrypt
  const { salt, senderKey, record } = parseSealed(body)
  try {
    // Both sides compute the same secret, each of its own private key and the
    // other's public one. `auth` is mixed into it, then both public keys.
    const shared = ecdh.computeSecret(senderKey)
    const mixed = info.webPush(publicKey, senderKey)
    const secret = hkdf(auth, shared, mixed, 32)
    const key = hkdf(salt, secret, info.key, 16)
    const nonce = hkdf(salt, secret, info.nonce, 12)

    const cipher = createDecipheriv('aes-128-gcm', key, nonce)
    cipher.setAuthTag(record.subarray(-16))
    const text = cipher.update(record.subarray(0, -16))
    cipher.final() // Throws if a single bit is wrong.
    return unpad(text)
  } catch (cause) {
    if (cause instanceof DecryptError) throw cause
    throw new DecryptError(
      'The message is damaged, or encrypted for other keys than these.',
      { cause },
    )
  }
  // #endregion decrypt
}

function hkdf(
  salt: Uint8Array,
  secret: Uint8Array,
  info: Uint8Array,
  length: number,
): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, length))
}
