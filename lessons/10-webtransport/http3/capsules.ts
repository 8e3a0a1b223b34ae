// Capsules: what a session says about itself, within the DATA frames of the
// request that opened it.
// https://www.rfc-editor.org/rfc/rfc9297.html#section-3.2

import type { Readable } from 'node:stream'

import { Http3StreamError } from './errors.ts'
import { take, takeVarint, takeVarintOrEnd } from './take.ts'
import { encodeVarint } from './varint.ts'

export const capsuleTypes = {
  /** The session ends, with a code and a reason. */
  CLOSE_WEBTRANSPORT_SESSION: 0x2843,
  /** The session should end soon: this side goes away. */
  DRAIN_WEBTRANSPORT_SESSION: 0x78ae,
} as const

export interface Capsule {
  readonly type: number
  readonly value: Buffer
}

/** "The Application Error Message MUST NOT exceed 1024 bytes"; a code stands before it. */
const maxBytes = 4 + 1_024

const known: ReadonlySet<number> = new Set(Object.values(capsuleTypes))

export function encodeCapsule(
  type: number,
  value: Uint8Array = new Uint8Array(),
): Buffer {
  return Buffer.concat([encodeVarint(type), encodeVarint(value.length), value])
}

/**
 * The capsules of a stream until it ends. Those of unknown types are skipped:
 * "endpoints MUST silently ignore" them.
 *
 * @throws Http3StreamError H3_MESSAGE_ERROR when one is cut off or too long
 */
export async function* readCapsules(
  stream: Readable,
): AsyncGenerator<Capsule, void, undefined> {
  for (;;) {
    const type = await takeVarintOrEnd(stream, cutOff)
    if (type === undefined) return
    const length = await takeVarint(stream, cutOff)
    if (!known.has(type)) {
      await skip(stream, length)
      continue
    }
    if (length > maxBytes)
      throw new Http3StreamError(
        'H3_MESSAGE_ERROR',
        `a capsule must fit ${maxBytes} bytes, got ${length}`,
      )
    yield { type, value: await take(stream, length, cutOff) }
  }
}

async function skip(stream: Readable, length: number): Promise<void> {
  for (let left = length; left > 0; left -= maxBytes)
    await take(stream, Math.min(left, maxBytes), cutOff)
}

function cutOff(): Http3StreamError {
  return new Http3StreamError('H3_MESSAGE_ERROR', 'a capsule is cut off')
}

/** How a session ended. */
export interface SessionEnd {
  /** The application's own code, 32 bits. */
  readonly code: number
  readonly reason: string
}

export function encodeEnd({ code, reason }: SessionEnd): Buffer {
  const text = Buffer.from(reason).subarray(0, 1_024)
  const head = Buffer.alloc(4)
  head.writeUInt32BE(code)
  return Buffer.concat([head, text])
}

/** @throws Http3StreamError H3_MESSAGE_ERROR when it is shorter than its code */
export function decodeEnd(value: Buffer): SessionEnd {
  if (value.length < 4) throw cutOff()
  return { code: value.readUInt32BE(0), reason: value.toString('utf8', 4) }
}
