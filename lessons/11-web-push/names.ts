import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const randomLength = 16
const proofLength = 8

/**
 * Names that nobody can guess: who knows the address of a subscription may use
 * it, no more is asked ("capability URLs",
 * https://www.rfc-editor.org/rfc/rfc8030.html#section-8.3).
 *
 * A name holds a proof that it was made here. So a subscription that is gone
 * (410) differs from one that never was (404), and no list of the gone is kept.
 */
export class Names {
  readonly #secret = randomBytes(32)

  make(): string {
    const random = randomBytes(randomLength)
    return Buffer.concat([random, this.#proof(random)]).toString('base64url')
  }

  isOurs(name: string): boolean {
    const bytes = Buffer.from(name, 'base64url')
    if (bytes.length !== randomLength + proofLength) return false
    const random = bytes.subarray(0, randomLength)
    return timingSafeEqual(bytes.subarray(randomLength), this.#proof(random))
  }

  #proof(random: Buffer): Buffer {
    const hmac = createHmac('sha256', this.#secret).update(random)
    return hmac.digest().subarray(0, proofLength)
  }
}
