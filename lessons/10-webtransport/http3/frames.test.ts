import { Readable } from 'node:stream'

import { describe, expect, test } from 'vitest'

import { collect, everyCut } from '../../testing.ts'
import { codes } from './errors.ts'
import { encodeFrame, frameTypes, maxFrameBytes, readFrames } from './frames.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

function streamOf(...bytes: Uint8Array[]): Readable {
  return Readable.from(bytes, { objectMode: false })
}

/** Frames as the type and the payload in hex. */
async function framesOf(stream: Readable, first?: number) {
  const frames = await collect(readFrames(stream, first))
  return frames.map(({ type, payload }) => [type, payload.toString('hex')])
}

describe('frames', () => {
  test('are a type, a length and so many bytes', () => {
    expect(encodeFrame(frameTypes.DATA, hex('cafe'))).toEqual(hex('00 02 cafe'))
    expect(encodeFrame(frameTypes.GOAWAY, hex(''))).toEqual(hex('07 00'))
    expect(encodeFrame(0xf0700, Buffer.alloc(64))).toEqual(
      Buffer.concat([hex('800f0700 4040'), Buffer.alloc(64)]),
    )
  })

  test('are read, however the stream is cut', async () => {
    // SETTINGS, one of an unknown type (GREASE), DATA, and an empty DATA.
    const bytes = hex('04 04 01000600 4021 03 616263 00 02 cafe 00 00')
    for (const chunks of everyCut(bytes))
      expect(
        await framesOf(Readable.from(chunks, { objectMode: false })),
      ).toEqual([
        [4, '01000600'],
        [0x21, '616263'],
        [0, 'cafe'],
        [0, ''],
      ])
  })

  test('whose first type was read already', async () => {
    expect(await framesOf(streamOf(hex('02 cafe')), 0)).toEqual([[0, 'cafe']])
  })

  test('of DATA come in parts, as long as they may be', async () => {
    const content = Buffer.alloc(2 * maxFrameBytes + 1, 'x')
    const frames = readFrames(streamOf(encodeFrame(frameTypes.DATA, content)))
    const payloads = (await collect(frames)).map(({ payload }) => payload)
    expect(payloads.map(({ length }) => length)).toEqual([
      maxFrameBytes,
      maxFrameBytes,
      1,
    ])
    expect(Buffer.concat(payloads)).toEqual(content)
  })

  test.each([
    ['00', 'no length', 'H3_FRAME_ERROR'],
    ['40', 'half a type', 'H3_FRAME_ERROR'],
    ['0040', 'half a length', 'H3_FRAME_ERROR'],
    ['0003 cafe', 'too few bytes', 'H3_FRAME_ERROR'],
    ['4021 03 cafe', 'too few of an unknown type', 'H3_FRAME_ERROR'],
    ['0200', "HTTP/2's PRIORITY", 'H3_FRAME_UNEXPECTED'],
    ['0600', "HTTP/2's PING", 'H3_FRAME_UNEXPECTED'],
    ['0800', "HTTP/2's WINDOW_UPDATE", 'H3_FRAME_UNEXPECTED'],
    ['0900', "HTTP/2's CONTINUATION", 'H3_FRAME_UNEXPECTED'],
    ['01 80004001', 'headers of 16,385 bytes', 'H3_EXCESSIVE_LOAD'],
    ['04 ffffffffffffffff', 'endless settings', 'H3_EXCESSIVE_LOAD'],
  ] as const)('%s: %s is %s', async (bytes, _, code) => {
    const reading = collect(readFrames(streamOf(hex(bytes))))
    await expect(reading).rejects.toMatchObject({ code: codes[code] })
  })
})
