// Reading streams of HTTP/2 to their end, and telling an end from a break.

import type { ClientHttp2Stream } from 'node:http2'
import { buffer } from 'node:stream/consumers'

import { alive } from '../shared/alive.ts'
import { ConnectionError } from '../shared/connection-error.ts'

/**
 * The body of a pushed answer as it is: a byte order mark at its start is data.
 *
 * @param limitMs how long the stream may be silent
 * @throws ConnectionError when it breaks off
 */
export async function pushedText(
  pushed: ClientHttp2Stream,
  limitMs: number,
): Promise<string> {
  return (await pushedBytes(pushed, limitMs)).toString()
}

/** The same as bytes. @throws ConnectionError when it breaks off */
export async function pushedBytes(
  pushed: ClientHttp2Stream,
  limitMs: number,
): Promise<Buffer> {
  let length: string | undefined
  pushed.once('push', ({ 'content-length': told }) => {
    length = told
  })
  const bytes = await buffer(alive(pushed, limitMs, () => pushed.close()))
  // A stream that breaks with its connection may end here without an error.
  if (length !== String(bytes.length))
    throw new ConnectionError('the push broke off')
  return bytes
}

/** Resolves when the held answer ends, with the error if it breaks or falls silent. */
export async function untilEnd(
  held: ClientHttp2Stream,
  limitMs: number,
): Promise<Error | undefined> {
  try {
    for await (const _ of alive(held, limitMs, () => held.close()));
    return undefined
  } catch (error) {
    return error as Error
  }
}
