import type { Readable } from 'node:stream'

import { Refusal } from './refusal.ts'

/**
 * The whole body of a request as text.
 *
 * @throws Refusal 413 when it is longer than `maxBytes`, 400 when it is not
 *   UTF-8
 */
export async function readText(
  body: Readable,
  maxBytes: number,
): Promise<string> {
  return decodeText(await readBytes(body, maxBytes))
}

/**
 * The whole body of a request.
 *
 * @throws Refusal 413 when it is longer than `maxBytes`, 400 when it breaks
 *   off. The rest of a long body is read and forgotten, so that the client gets
 *   to see the answer.
 */
export function readBytes(body: Readable, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    let length = 0
    body.on('data', (chunk: Uint8Array) => {
      length += chunk.length
      if (length <= maxBytes) chunks.push(chunk)
      else reject(tooLong(maxBytes))
    })
    body.on('end', () => resolve(Buffer.concat(chunks)))
    body.on('close', () => reject(new Refusal(400, 'The body broke off.')))
  })
}

function tooLong(maxBytes: number): Refusal {
  return new Refusal(
    413,
    `A message must be at most ${maxBytes} bytes long, got more. Send less.`,
  )
}

/** @throws Refusal (400) when `bytes` are not UTF-8 */
export function decodeText(bytes: Uint8Array): string {
  try {
    const options = { fatal: true, ignoreBOM: true }
    return new TextDecoder('utf-8', options).decode(bytes)
  } catch {
    throw new Refusal(400, 'A message must be UTF-8 text, got other bytes.')
  }
}
