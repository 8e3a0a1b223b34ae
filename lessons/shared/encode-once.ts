import type { Message } from '../feed.ts'

/**
 * Encodes each message once, not once for each subscriber: fan-out asks for the
 * same message again and again.
 */
export function encodeOnce<Encoded>(
  encode: (message: Message) => Encoded,
): (message: Message) => Encoded {
  let last: Message | undefined
  let encoded: Encoded
  return (message) => {
    if (message !== last) encoded = encode(message)
    last = message
    return encoded
  }
}
