// What a client hands to the application server, as `PushSubscription.toJSON()`
// of a browser makes it.

import { ECDH } from 'node:crypto'

import { Refusal } from '../shared/refusal.ts'

export interface PushSubscription {
  /** Where messages are posted: a secret, as who knows it may post. */
  readonly endpoint: string
  readonly keys: {
    /** The receiver's public key, 65 bytes in base64url. */
    readonly p256dh: string
    /** The secret of both, 16 bytes in base64url. */
    readonly auth: string
  }
}

/** The push services of the browsers' vendors. */
const vendors = [
  /^fcm\.googleapis\.com$/,
  /^updates\.push\.services\.mozilla\.com$/,
  /\.notify\.windows\.com$/,
  /\.push\.apple\.com$/,
]

/**
 * @param origin of the push service that is always fine
 * @param takesVendors whether those of browsers are as well
 * @throws Refusal (400) that says what is wrong
 */
export function parsePushSubscription(
  body: string,
  origin: string,
  takesVendors: boolean,
): PushSubscription {
  const { endpoint, keys } = Object(parse(body))
  const { p256dh, auth } = Object(keys)
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  // A server that posts wherever it is told to would be everybody's way into
  // its own network.
  const isVendor =
    takesVendors &&
    url?.protocol === 'https:' &&
    url.port === '' &&
    vendors.some((name) => name.test(url.hostname))
  if (url?.origin !== origin && !isVendor)
    throw new Refusal(
      400,
      `The endpoint must be one of ${origin}${takesVendors ? ', or of a known push service' : ''}, got another.`,
    )
  if (!isPublicKey(p256dh))
    throw new Refusal(
      400,
      'keys.p256dh must be a public key of P-256, 65 bytes in base64url.',
    )
  if (typeof auth !== 'string' || Buffer.from(auth, 'base64url').length !== 16)
    throw new Refusal(400, 'keys.auth must be 16 bytes in base64url.')
  return { endpoint: url?.href ?? '', keys: { p256dh, auth } }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new Refusal(
      400,
      'A subscription must be JSON: {"endpoint", "keys": {"p256dh", "auth"}}.',
    )
  }
}

function isPublicKey(text: unknown): boolean {
  if (typeof text !== 'string') return false
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length !== 65) return false
  try {
    ECDH.convertKey(bytes, 'prime256v1')
    return true
  } catch {
    return false // Not a point of the curve.
  }
}
