// WebSocket's frames as bytes, for the tests of this lesson.
// https://www.rfc-editor.org/rfc/rfc6455.html#section-5.2

import { request, type Wire, wireTo } from '../testing.ts'

export const opcodes = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 }

export interface Frame {
  readonly opcode: number
  readonly payload: Buffer
}

/** The request of RFC 6455, section 1.2. Its answer has `s3pPLMBiTxaQ9kYGzzhZRbK+xOo=`. */
export function handshake(path = '/messages', ...headers: string[]): string {
  return request(
    `GET ${path}`,
    'upgrade: websocket',
    'connection: Upgrade',
    'sec-websocket-version: 13',
    'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  )
}

/** A connection on which a WebSocket was opened by hand. */
export async function openWire(url: URL, ...asked: string[]): Promise<Wire> {
  const wire = await wireTo(url, handshake(...asked))
  await wire.until(/^HTTP\/1\.1 101 .*\r\n\r\n/s)
  return wire
}

/** A client's frame with all of its payload. Its mask is 0, which changes nothing. */
export function frame(opcode: number, payload: string | Uint8Array): Buffer {
  const data = Buffer.from(payload)
  const length =
    data.length < 126
      ? [0x80 | data.length]
      : [0x80 | 126, data.length >> 8, data.length & 0xff]
  return Buffer.from([0x80 | opcode, ...length, 0, 0, 0, 0, ...data])
}

/** The whole frames that a server has sent: after its answer, if that is on the wire as well. */
export function framesOf({ bytes }: Wire): Frame[] {
  const frames: Frame[] = []
  let at = bytes.indexOf('HTTP/') === 0 ? bytes.indexOf('\r\n\r\n') + 4 : 0
  while (at + 2 <= bytes.length) {
    const short = bytes.readUInt8(at + 1)
    const isLong = short === 126
    if (isLong && at + 4 > bytes.length) break
    const start = at + (isLong ? 4 : 2)
    const end = start + (isLong ? bytes.readUInt16BE(at + 2) : short)
    if (end > bytes.length) break
    const opcode = bytes.readUInt8(at) & 0x0f
    frames.push({ opcode, payload: bytes.subarray(start, end) })
    at = end
  }
  return frames
}

/** The payloads of the text frames. */
export function textsOf(wire: Wire): string[] {
  return framesOf(wire)
    .filter(({ opcode }) => opcode === opcodes.text)
    .map(({ payload }) => payload.toString())
}

/** The code and the reason of the close frame, if there is one. */
export function closeOf(
  wire: Wire,
): [code: number, reason: string] | undefined {
  const close = framesOf(wire).find(({ opcode }) => opcode === opcodes.close)
  if (close === undefined) return undefined
  return [close.payload.readUInt16BE(0), close.payload.subarray(2).toString()]
}
