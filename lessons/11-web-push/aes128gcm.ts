// The content coding aes128gcm as Web Push uses it: a header, and one encrypted
// record. Runs in Node and in browsers.
//
//   16 bytes  salt
//    4 bytes  record size, big-endian
//    1 byte   length of the key that follows: 65
//   65 bytes  the sender's public key, made for this message alone
//   the rest  the record: text, delimiter 2, zeros; then a tag of 16 bytes
//
// https://www.rfc-editor.org/rfc/rfc8188.html#section-2

const keyAt = 21
const keyBytes = 65
const tagBytes = 16

/** Everything of a message but its text. */
export const overheadBytes = keyAt + keyBytes + 1 + tagBytes

/** What an encrypted message consists of. */
export interface Sealed {
  readonly salt: Uint8Array
  readonly senderKey: Uint8Array
  /** The encrypted record with its tag. */
  readonly record: Uint8Array
}

/** A message that is not for these keys, or damaged. */
export class DecryptError extends Error {
  override readonly name = 'DecryptError'
}

/** What both sides mix into the key: RFC 8291, section 3.4, and RFC 8188, section 2.2. */
export const info = {
  webPush: (receiverKey: Uint8Array, senderKey: Uint8Array) =>
    concat(ascii('WebPush: info\0'), receiverKey, senderKey),
  key: ascii('Content-Encoding: aes128gcm\0'),
  nonce: ascii('Content-Encoding: nonce\0'),
}

/** @throws DecryptError when `body` is no message of Web Push */
export function parseSealed(body: Uint8Array): Sealed {
  if (body.length < overheadBytes)
    throw new DecryptError(
      `An encrypted message is at least ${overheadBytes} bytes long, got ${body.length}: it was cut off.`,
    )
  const view = new DataView(body.buffer, body.byteOffset, body.length)
  const recordSize = view.getUint32(16)
  const keyLength = view.getUint8(keyAt - 1)
  if (keyLength !== keyBytes)
    throw new DecryptError(
      `The sender's key must be ${keyBytes} bytes long, got ${keyLength}.`,
    )
  const record = body.subarray(keyAt + keyBytes)
  // "An application server MUST encrypt a push message with a single record."
  // https://www.rfc-editor.org/rfc/rfc8291.html#section-4
  if (record.length > recordSize)
    throw new DecryptError(
      `A message must be one record of at most ${recordSize} bytes, got ${record.length}.`,
    )
  const senderKey = body.subarray(keyAt, keyAt + keyBytes)
  return { salt: body.subarray(0, 16), senderKey, record }
}

/** @throws DecryptError when the decrypted record does not end as it has to */
export function unpad(record: Uint8Array): string {
  const end = record.findLastIndex((byte) => byte !== 0)
  // 1 would say that another record follows.
  if (record[end] !== 2)
    throw new DecryptError(
      `The last record must end with the delimiter 2, got ${record[end] ?? 'none'}.`,
    )
  try {
    const options = { fatal: true, ignoreBOM: true }
    return new TextDecoder('utf-8', options).decode(record.subarray(0, end))
  } catch {
    throw new DecryptError('The message must be UTF-8 text, got other bytes.')
  }
}

function ascii(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>
}

function concat(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}
