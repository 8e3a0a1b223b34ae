// Retry: before a server works for an address it makes sure that packets to it
// arrive, by a token that the client has to send back.
// https://www.rfc-editor.org/rfc/rfc9000.html#section-8.1.2

import { createHmac, timingSafeEqual } from 'node:crypto'

/** How long a client may take for the second try. */
const validMs = 10_000

const macBytes = 32
const timeBytes = 8

export class AddressTokens {
  readonly #key: Uint8Array

  /** @param key a secret of the server */
  constructor(key: Uint8Array) {
    this.#key = key
  }

  /**
   * @param address of the client, such as `127.0.0.1:50000`
   * @param firstId the connection id that its first packet was sent to
   */
  issue(address: string, firstId: Uint8Array, now = Date.now()): Buffer {
    const time = Buffer.alloc(timeBytes)
    time.writeBigUInt64BE(BigInt(now))
    const content = Buffer.concat([time, firstId])
    return Buffer.concat([this.#mac(address, content), content])
  }

  /** The connection id of the first packet; undefined when the token is of another address, too old, or not ours. */
  check(
    token: Uint8Array,
    address: string,
    now = Date.now(),
  ): Buffer | undefined {
    if (token.length <= macBytes + timeBytes) return undefined
    const mac = token.subarray(0, macBytes)
    const content = Buffer.from(token.subarray(macBytes))
    if (!timingSafeEqual(mac, this.#mac(address, content))) return undefined
    const issued = Number(content.readBigUInt64BE(0))
    if (now - issued > validMs) return undefined
    return content.subarray(timeBytes)
  }

  #mac(address: string, content: Uint8Array): Buffer {
    return createHmac('sha256', this.#key)
      .update(`${address}\n`)
      .update(content)
      .digest()
  }
}
