// What a server sends that knows nothing of a connection, as it was restarted:
// a packet that only the peer of that connection can tell from noise.
// https://www.rfc-editor.org/rfc/rfc9000.html#section-10.3

import { createHmac, randomBytes } from 'node:crypto'

const tokenBytes = 16

/** "An endpoint that sends a Stateless Reset […] packet that is smaller than 41 bytes": from 21 on it looks like any other. */
const shortestBytes = 21

/** The token of a connection id. Made of a key, it is the same after a restart. */
export function resetToken(key: Uint8Array, id: Uint8Array): Buffer {
  return createHmac('sha256', key).update(id).digest().subarray(0, tokenBytes)
}

/**
 * The answer to a packet of an unknown connection; undefined when the packet is
 * so short that two servers could answer each other for ever.
 */
export function statelessReset(
  packetBytes: number,
  token: Uint8Array,
): Buffer | undefined {
  const length = Math.min(packetBytes - 1, 41)
  if (length < shortestBytes) return undefined
  const noise = randomBytes(length - tokenBytes)
  // The first bits are those of a packet with a short header: 01.
  noise[0] = 0x40 | ((noise[0] ?? 0) & 0x3f)
  return Buffer.concat([noise, token])
}
