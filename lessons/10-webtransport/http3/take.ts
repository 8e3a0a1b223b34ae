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
async function upTo(stream: Readable, count: number): Promise<Buffer> {
  if (count === 0) return Buffer.alloc(0)
  for (;;) {
    const bytes: Buffer | null = stream.read(count)
    if (bytes !== null) return bytes
    if (stream.errored) throw stream.errored
    if (stream.readableEnded || stream.destroyed) return Buffer.alloc(0)
    await change(stream)
  }
}

/** Resolves when there is more to read, or never will be. */
function change(stream: Readable): Promise<void> {
  const events = ['readable', 'end', 'error', 'close']
  return new Promise((resolve) => {
    const goOn = () => {
      for (const event of events) stream.off(event, goOn)
      resolve()
    }
    for (const event of events) stream.on(event, goOn)
  })
}
