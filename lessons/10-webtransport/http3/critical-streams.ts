// The streams that last as long as the connection: one for control, and two of
// QPACK's. If one ends, or says what it must not, the connection is over.
// https://www.rfc-editor.org/rfc/rfc9114.html#section-6.2.1

import type { Readable } from 'node:stream'

import { StreamError } from '../quic/quic-stream.ts'
import { Http3Error } from './errors.ts'
import { frameTypes, readFrames } from './frames.ts'
import { decodeSettings, type Settings } from './settings.ts'
import { splitVarint } from './varint.ts'

export interface ControlEvents {
  onSettings(settings: Settings): void
  onGoAway(id: number): void
}

/** Never resolves. @throws Http3Error that ends the connection */
export async function readControlStream(
  stream: Readable,
  isServer: boolean,
  { onSettings, onGoAway }: ControlEvents,
): Promise<never> {
  let isFirst = true
  let lastGoAway = Infinity
  let lastPush = 0
  for await (const { type, payload } of unbroken(readFrames(stream))) {
    // "A SETTINGS frame MUST be sent as the first frame of each control stream
    // […] and MUST NOT be sent subsequently": section 7.2.4.
    if (isFirst !== (type === frameTypes.SETTINGS))
      throw isFirst
        ? new Http3Error('H3_MISSING_SETTINGS', 'SETTINGS must come first')
        : unexpected(type)
    isFirst = false
    switch (type) {
      case frameTypes.SETTINGS:
        onSettings(decodeSettings(payload))
        break
      case frameTypes.GOAWAY: {
        const id = onlyId(payload)
        if (id > lastGoAway || (!isServer && id % 4 !== 0))
          throw wrongId('GOAWAY', id)
        lastGoAway = id
        onGoAway(id)
        break
      }
      case frameTypes.MAX_PUSH_ID: {
        if (!isServer) throw unexpected(type)
        const id = onlyId(payload)
        if (id < lastPush) throw wrongId('MAX_PUSH_ID', id)
        lastPush = id
        break
      }
      case frameTypes.CANCEL_PUSH:
        // Nobody here pushes, or lets the other push.
        throw wrongId('CANCEL_PUSH', onlyId(payload))
      case frameTypes.DATA:
      case frameTypes.HEADERS:
      case frameTypes.PUSH_PROMISE:
        throw unexpected(type)
    }
  }
  throw ended()
}

/**
 * The instructions of a peer's QPACK encoder. Without a dynamic table there is
 * one that makes sense: a capacity of 0.
 * https://www.rfc-editor.org/rfc/rfc9204.html#section-4.3
 */
export async function readEncoderStream(stream: Readable): Promise<never> {
  for await (const chunk of unbroken<Uint8Array>(stream))
    if (chunk.some((byte) => byte !== 0b0010_0000))
      throw new Http3Error(
        'QPACK_ENCODER_STREAM_ERROR',
        'there is no dynamic table to write to',
      )
  throw ended()
}

/** The instructions of its decoder: that it gave up a stream, and nothing else. Section 4.4. */
export async function readDecoderStream(stream: Readable): Promise<never> {
  let isWithin = false
  for await (const chunk of unbroken<Uint8Array>(stream))
    for (const byte of chunk) {
      // Stream Cancellation: 01, then an integer of six bits or more bytes.
      if (!isWithin && byte >> 6 !== 0b01)
        throw new Http3Error(
          'QPACK_DECODER_STREAM_ERROR',
          'there is no dynamic table to acknowledge',
        )
      isWithin = isWithin ? byte >= 128 : (byte & 63) === 63
    }
  throw ended()
}

/** What comes from a stream that must not break. */
async function* unbroken<Item>(
  items: AsyncIterable<Item>,
): AsyncGenerator<Item, void, undefined> {
  try {
    yield* items
  } catch (error) {
    throw error instanceof StreamError ? ended() : error
  }
}

function onlyId(payload: Uint8Array): number {
  const split = splitVarint(payload)
  if (split === undefined || split[1].length > 0)
    throw new Http3Error('H3_FRAME_ERROR', 'the frame must hold one integer')
  return split[0]
}

function wrongId(frame: string, id: number): Http3Error {
  return new Http3Error('H3_ID_ERROR', `${frame} must not name ${id}`)
}

function unexpected(type: number): Http3Error {
  return new Http3Error(
    'H3_FRAME_UNEXPECTED',
    `a frame of type ${type} has no place here`,
  )
}

function ended(): Http3Error {
  return new Http3Error(
    'H3_CLOSED_CRITICAL_STREAM',
    'this stream must last as long as the connection',
  )
}
