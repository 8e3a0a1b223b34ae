// Who posts? The push service's side of RFC 8292: a token that the application
// server signed.

import { createPublicKey, verify } from 'node:crypto'

import { Refusal } from '../shared/refusal.ts'

/** No token is valid for longer: https://www.rfc-editor.org/rfc/rfc8292.html#section-2 */
const longestMs = 24 * 3_600_000

/** How many tokens are remembered as good. */
const maxRemembered = 1_000

export interface VapidRule {
  /** The origin of the push service: a token for another one is no use here. */
  readonly audience: string
  /** The only key that may sign; undefined for a subscription that takes anybody's. */
  readonly key: string | undefined
}

/**
 * Checks the header `Authorization: vapid t=<token>, k=<public key>`. A server
 * sends the same token with every message until it expires, so the signature is
 * verified once.
 */
export class VapidCheck {
  /** When tokens with a good signature expire, by header and audience. */
  readonly #good = new Map<string, number>()

  /** @throws Refusal 401 when there is no token and must be one, 403 when it is no good */
  check(authorization: string | undefined, { audience, key }: VapidRule): void {
    if (authorization === undefined) {
      if (key === undefined) return
      throw new Refusal(
        401,
        'This subscription takes messages from one application server, which must sign in: Authorization: vapid t=<token>, k=<public key> (RFC 8292).',
        { 'www-authenticate': 'vapid' },
      )
    }
    const { token, publicKey } = parse(authorization)
    if (key !== undefined && publicKey !== key)
      throw new Refusal(
        403,
        'This subscription takes messages from another application server: the key k is not the one it was made with.',
      )
    const known = `${audience} ${authorization}`
    const expiresAtMs =
      this.#good.get(known) ?? verifyToken(token, publicKey, audience)
    const leftMs = expiresAtMs - Date.now()
    if (leftMs <= 0 || leftMs > longestMs)
      throw new Refusal(
        403,
        'The token must expire (exp) within the next 24 hours. Sign a new one.',
      )
    if (this.#good.size >= maxRemembered) this.#good.clear()
    this.#good.set(known, expiresAtMs)
  }
}

function parse(authorization: string) {
  const [, scheme = '', rest = ''] =
    /^(\S+)\s+(.*)$/.exec(authorization.trim()) ?? []
  const parameters = new Map(
    rest.split(',').map((part) => {
      const [name = '', value = ''] = part.trim().split('=', 2)
      return [name, value]
    }),
  )
  const token = parameters.get('t')
  const publicKey = parameters.get('k')
  if (scheme.toLowerCase() === 'vapid' && token && publicKey)
    return { token, publicKey }
  throw new Refusal(
    403,
    'Authorization must be vapid t=<token>, k=<public key> (RFC 8292), got something else.',
  )
}

/** When it expires. @throws Refusal (403) */
function verifyToken(
  token: string,
  publicKey: string,
  audience: string,
): number {
  const [header = '', claims = '', signature = ''] = token.split('.')
  try {
    const point = Buffer.from(publicKey, 'base64url')
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    }
    const isGood = verify(
      'sha256',
      Buffer.from(`${header}.${claims}`),
      {
        key: createPublicKey({ format: 'jwk', key: jwk }),
        dsaEncoding: 'ieee-p1363',
      },
      Buffer.from(signature, 'base64url'),
    )
    const { aud, exp } = Object(read(claims))
    const { alg } = Object(read(header))
    if (isGood && alg === 'ES256' && aud === audience && Number.isFinite(exp))
      return 1_000 * exp
  } catch {
    // No key, no JSON: refused below like every other bad token.
  }
  throw new Refusal(
    403,
    `The token must be signed with ES256 by the key k, for the audience (aud) ${audience}.`,
  )
}

function read(part: string): unknown {
  return JSON.parse(Buffer.from(part, 'base64url').toString())
}
