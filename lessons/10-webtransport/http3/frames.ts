// HTTP/3's frames: a type, a length, and so many bytes.
// https://www.rfc-editor.org/rfc/rfc9114.html#section-7

import type { Readable } from 'node:stream'

import { Http3Error } from './errors.ts'
import { take, takeVarint, takeVarintOrEnd } from './take.ts'
import { encodeVarint } from './varint.ts'

export const frameTypes = {
  DATA: 0x00,
  HEADERS: 0x01,
  CANCEL_PUSH: 0x03,
  SETTINGS: 0x04,
  PUSH_PROMISE: 0x05,
  GOAWAY: 0x07,
  MAX_PUSH_ID: 0x0d,
} as const

export interface Frame {
  readonly type: number
  readonly payload: Buffer
}

/** What is kept of a frame in memory, in bytes. */
export const maxFrameBytes = 16_384

/**
 * "These frame types were used in HTTP/2 where there is no corresponding HTTP/3
 * frame type": RFC 9114, section 7.2.8.
 */
const ofHttp2 = [0x02, 0x06, 0x08, 0x09]

const inOnePart: ReadonlySet<number> = new Set(
  Object.values(frameTypes).filter((type) => type !== frameTypes.DATA),
)

export function encodeFrame(type: number, payload: Uint8Array): Buffer {
  return Buffer.concat([
    encodeVarint(type),
    encodeVarint(payload.length),
    payload,
  ])
}

/**
 * The frames of a stream until it ends. Those that may be of any length come in
 * parts: DATA, and all of unknown types, which readers ignore.
 *
 * @param first the type of the first frame, if it is read already
 * @throws Http3Error H3_FRAME_ERROR when the stream ends within a frame,
 *   H3_FRAME_UNEXPECTED for a type of HTTP/2, H3_EXCESSIVE_LOAD when a frame is
 *   longer than `maxFrameBytes`
 */
export async function* readFrames(
  stream: Readable,
  first?: number,
): AsyncGenerator<Frame, void, undefined> {
  for (
    let type = first ?? (await takeVarintOrEnd(stream, cutOff));
    type !== undefined;
    type = await takeVarintOrEnd(stream, cutOff)
  ) {
    const length = await takeVarint(stream, cutOff)
    if (ofHttp2.includes(type))
      throw new Http3Error(
        'H3_FRAME_UNEXPECTED',
        `frame type ${type} is HTTP/2's`,
      )
    if (inOnePart.has(type) && length > maxFrameBytes)
      throw new Http3Error(
        'H3_EXCESSIVE_LOAD',
        `a frame of type ${type} must fit ${maxFrameBytes} bytes, got ${length}`,
      )
    let left = length
    do {
      const count = Math.min(left, maxFrameBytes)
      yield { type, payload: await take(stream, count, cutOff) }
      left -= count
    } while (left > 0)
  }
}

function cutOff(): Http3Error {
  return new Http3Error('H3_FRAME_ERROR', 'the stream ended within a frame')
}
