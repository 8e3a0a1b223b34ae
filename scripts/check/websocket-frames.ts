// WebSocket's frames as lines: https://www.rfc-editor.org/rfc/rfc6455.html#section-5.2
import type { Tell, WireReader } from './wire-protocols.ts'

const opcodes: Record<number, string> = {
  0: 'continuation',
  1: 'text',
  2: 'binary',
  8: 'close',
  9: 'ping',
  10: 'pong',
}

/** Enough to see what a frame holds; of longer ones, the beginning. */
const keptBytes = 2_000

/** Such as `text, 31 bytes: {"id":"k3f9x2-1","data":"a"}`. */
export function webSocketFrames(tell: Tell): WireReader {
  let bytes = Buffer.alloc(0)
  /** How many bytes of a long frame are still to come. */
  let skipping = 0
  let lost = false

  const readAll = () => {
    while (!lost) {
      const skipped = Math.min(skipping, bytes.length)
      bytes = bytes.subarray(skipped)
      skipping -= skipped
      const frame = skipping === 0 ? headOf(bytes) : undefined
      if (frame === undefined) return
      const { start, length, opcode, isFinal, mask } = frame
      const shown = Math.min(length, keptBytes)
      if (bytes.length < start + shown) return
      const payload = unmasked(bytes.subarray(start, start + shown), mask)
      bytes = bytes.subarray(start + shown)
      skipping = length - shown
      const more = isFinal ? '' : ', more follows'
      const size = `${length.toLocaleString('en')} bytes`
      const masked = mask === undefined ? '' : ', masked'
      const kind = opcodes[opcode] ?? `opcode ${opcode}`
      tell(`[${kind}, ${size}${masked}${more}] ${told(opcode, payload)}`.trim())
    }
  }
  return {
    read(chunk) {
      bytes = Buffer.concat([bytes, chunk])
      readAll()
    },
    pause() {},
    // Where the next frame begins nobody knows any more.
    skip() {
      lost = true
    },
  }
}

function headOf(bytes: Buffer) {
  if (bytes.length < 2) return
  const first = bytes.readUInt8(0)
  const second = bytes.readUInt8(1)
  const short = second & 0x7f
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0
  const isMasked = (second & 0x80) !== 0
  const start = 2 + lengthBytes + (isMasked ? 4 : 0)
  if (bytes.length < start) return
  const length =
    lengthBytes === 2
      ? bytes.readUInt16BE(2)
      : lengthBytes === 8
        ? Number(bytes.readBigUInt64BE(2))
        : short
  const mask = isMasked ? bytes.subarray(start - 4, start) : undefined
  const isFinal = (first & 0x80) !== 0
  return { start, length, opcode: first & 0x0f, isFinal, mask }
}

function unmasked(payload: Buffer, mask: Buffer | undefined): Buffer {
  if (mask === undefined) return payload
  return payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0)) as Buffer
}

function told(opcode: number, payload: Buffer): string {
  if (opcode === 8 && payload.length >= 2)
    return `${payload.readUInt16BE(0)} ${payload.subarray(2)}`
  return opcode === 2 ? payload.toString('hex') : payload.toString()
}
