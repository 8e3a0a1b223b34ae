// A token that says who somebody is, and until when, signed so that nobody else
// can write one. In production a library for JWT, or the session store of your
// framework, does this.

import { createHmac, timingSafeEqual } from 'node:crypto'

import { Refusal } from '../../shared/refusal.ts'

export interface Claims {
  readonly user: string
  /** As `Date.now()` counts. */
  readonly expiresMs: number
}

// #region token
export function sign(claims: Claims, key: string): string {
  const text = Buffer.from(JSON.stringify(claims)).toString('base64url')
  return `${text}.${signatureOf(text, key)}`
}

/** @throws Refusal (401) unless it was signed with `key`, and is still good */
export function verify(token: string, key: string, nowMs: number): Claims {
  const [text = '', signature = ''] = token.split('.')
  if (!isSame(signature, signatureOf(text, key)))
    throw unauthorized('This is no token of this server.')
  const claims: Claims = JSON.parse(`${Buffer.from(text, 'base64url')}`)
  if (claims.expiresMs <= nowMs) throw unauthorized('The token has expired.')
  return claims
}

function signatureOf(text: string, key: string): string {
  return createHmac('sha256', key).update(text).digest('base64url')
}

/** Takes equally long wherever they differ: time must not tell how much was right. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
// #endregion token

/**
 * A 401 has to say what would be taken.
 * https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.2
 */
export function unauthorized(why: string): Refusal {
  return new Refusal(401, `${why} Log in, and come back.`, {
    'www-authenticate': 'Bearer',
  })
}
