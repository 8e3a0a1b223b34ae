// The frames of raw TCP, the same both ways: a position is `id⏎`, a message is
// `id length⏎` and then its data, as so many bytes.
//
// A length is cheaper than a mark at the end: nobody has to escape the mark
// when it writes, or to search for it when it reads.

import type { Message } from '../../../lessons/feed.ts'
import { ConnectionError } from '../../../lessons/shared/connection-error.ts'
import type { Arrival } from '../../../lessons/shared/resuming.ts'

const lineFeed = 0x0a

/** `name-position length` of the longest name, and of all numbers there are. */
const longestHead = 64

/** Where to go on; without a cursor, at the present. */
export function encodePosition(cursor = ''): string {
  return `${cursor}\n`
}

/** A client does not know the id of what it publishes. */
export function encodeMessage({ id, data }: Partial<Message>): string {
  return `${id ?? ''} ${Buffer.byteLength(data ?? '')}\n${data ?? ''}`
}

/**
 * The frames in a stream of bytes, however it is cut into chunks.
 *
 * @throws ConnectionError when the bytes are no frames, or data is longer than
 *   `maxBytes`
 */
export async function* decodeFrames(
  chunks: AsyncIterable<Buffer>,
  maxBytes = Number.POSITIVE_INFINITY,
): AsyncGenerator<Arrival, void, undefined> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let start = 0
    for (;;) {
      const headEnd = rest.indexOf(lineFeed, start)
      if (headEnd === -1) break
      const head = rest.toString('latin1', start, headEnd)
      const [id, length] = head.split(' ')
      const end = headEnd + 1 + lengthOf(length, maxBytes)
      if (end > rest.length) break
      yield length === undefined
        ? { id: id || undefined }
        : { id, data: rest.toString('utf8', headEnd + 1, end) }
      start = end
    }
    rest = rest.subarray(start)
    if (rest.length > longestHead && !rest.includes(lineFeed))
      throw new ConnectionError('the peer sends no frames')
  }
}

function lengthOf(text: string | undefined, maxBytes: number): number {
  const length = Number(text ?? 0)
  if (length >= 0 && length <= maxBytes) return length
  throw new ConnectionError(`data must fit ${maxBytes} bytes, got ${text}`)
}
