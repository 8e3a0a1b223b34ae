// What is encrypted: a message as JSON, or its id alone where the whole is too
// large. Runs in Node and in browsers.

import { parseCursor } from '../cursor.ts'
import type { Message } from '../feed.ts'
import { overheadBytes } from './aes128gcm.ts'

/**
 * "A push service [...] MUST NOT return a 413 status code in responses to an
 * entity body that is 4096 bytes or less in size." More is taken by few.
 * https://www.rfc-editor.org/rfc/rfc8030.html#section-7.2
 */
export const maxPushBytes = 4_096

const maxTextBytes = maxPushBytes - overheadBytes

/** A message without `data` is to be asked for at `/messages/<id>`. */
export interface Payload {
  readonly id: string
  readonly data?: string
}

export function encodePayload({ id, data }: Message): string {
  // A character takes one byte at least: what is large is not encoded first.
  if (data.length <= maxTextBytes) {
    const whole = JSON.stringify({ id, data })
    if (new TextEncoder().encode(whole).length <= maxTextBytes) return whole
  }
  return JSON.stringify({ id })
}

/** @throws SyntaxError when `text` is not what `encodePayload` makes */
export function decodePayload(text: string): Payload {
  const { id, data } = Object(JSON.parse(text))
  if (
    typeof id === 'string' &&
    parseCursor(id) !== undefined &&
    (data === undefined || typeof data === 'string')
  )
    return { id, data }
  throw new SyntaxError(
    'A push must hold {"id", "data"}, or {"id"} alone, got something else.',
  )
}
