// Integers of 1, 2, 4 or 8 bytes, whose first two bits say how many: QUIC's and
// HTTP/3's only kind of number.
// https://www.rfc-editor.org/rfc/rfc9000.html#section-16

// #region varint
const lengths = [1, 2, 4, 8] as const

/** How many bytes an integer has that begins with this one. */
export function varintLength(first: number): number {
  return lengths[first >> 6] ?? 1
}

/** @throws RangeError unless `value` is a whole number from 0 to 2^62 - 1 */
export function encodeVarint(value: number | bigint): Buffer {
  const number = BigInt(value)
  const size = lengths.findIndex((length) => number < 1n << bits(length))
  const length = lengths[size]
  if (number < 0n || length === undefined)
    throw new RangeError(`A varint holds 0 to 2^62 - 1, got ${value}.`)
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(number | (BigInt(size) << bits(length)))
  return bytes.subarray(8 - length)
}

/** @param bytes all bytes of one integer. Beyond 2^53 it is not exact. */
export function decodeVarint(bytes: Uint8Array): number {
  let value = (bytes[0] ?? 0) & 0x3f
  for (const byte of bytes.subarray(1)) value = value * 256 + byte
  return value
}
// #endregion varint

/** Two bits of the first byte are the length's. */
function bits(length: number): bigint {
  return BigInt(8 * length - 2)
}

/**
 * An integer at the start of `bytes`, and what follows it; undefined when it is
 * cut off.
 */
export function splitVarint(
  bytes: Uint8Array,
): [value: number, rest: Uint8Array] | undefined {
  const [first] = bytes
  if (first === undefined) return undefined
  const length = varintLength(first)
  if (bytes.length < length) return undefined
  return [decodeVarint(bytes.subarray(0, length)), bytes.subarray(length)]
}
