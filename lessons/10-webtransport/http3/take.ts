// Reading an exact number of bytes, however the stream is cut into chunks.

import type { Readable } from 'node:stream'

import { decodeVarint, varintLength } from './varint.ts'

/** Makes the error for a stream that ends where it must not. */
export type CutOff = () => Error

/**
 * The next `count` bytes of a stream that no loop reads.
 *
 * @throws what `cutOff` makes when the stream ends before; the stream's own
 *   error when it breaks
 */
export async function take(
  stream: Readable,
  count: number,
  cutOff: CutOff,
): Promise<Buffer> {
  const bytes = await upTo(stream, count)
  if (bytes.length < count) throw cutOff()
  return bytes
}

/** The next integer. @throws what `cutOff` makes when it is not there as a whole */
export async function takeVarint(
  stream: Readable,
  cutOff: CutOff,
): Promise<number> {
  const value = await takeVarintOrEnd(stream, cutOff)
  if (value === undefined) throw cutOff()
  return value
}

/** The next integer; undefined when the stream ends before it. @throws what `cutOff` makes when it ends within */
export async function takeVarintOrEnd(
  stream: Readable,
  cutOff: CutOff,
): Promise<number | undefined> {
  const first = await upTo(stream, 1)
  if (first[0] === undefined) return undefined
  const rest = await take(stream, varintLength(first[0]) - 1, cutOff)
  return decodeVarint(Buffer.concat([first, rest]))
}

/** The next `count` bytes; fewer when the stream ends before. */
function upTo(stream: Readable, count: number): Promise<Buffer> {
  const events = ['readable', 'end', 'error', 'close']
  return new Promise((resolve, reject) => {
    // One listener for as long as it takes: a new one would be called at once
    // when some bytes are there, again and again.
    const look = () => {
      const bytes: Buffer | null = count > 0 ? stream.read(count) : nothing
      const isOver = stream.readableEnded || stream.destroyed
      if (bytes === null && !isOver) return
      for (const event of events) stream.off(event, look)
      if (bytes === null && stream.errored) reject(stream.errored)
      else resolve(bytes ?? nothing)
    }
    for (const event of events) stream.on(event, look)
    look()
  })
}

const nothing = Buffer.alloc(0)
