// HTTP/2's frames as lines: https://www.rfc-editor.org/rfc/rfc9113.html#section-4
import type { Tell, WireReader } from './wire-protocols.ts'

const types = [
  'DATA',
  'HEADERS',
  'PRIORITY',
  'RST_STREAM',
  'SETTINGS',
  'PUSH_PROMISE',
  'PING',
  'GOAWAY',
  'WINDOW_UPDATE',
  'CONTINUATION',
]

/** What a bit says depends on the type: section 6. */
const flagNames: Record<string, Record<number, string>> = {
  DATA: { 1: 'END_STREAM', 8: 'PADDED' },
  HEADERS: { 1: 'END_STREAM', 4: 'END_HEADERS', 8: 'PADDED', 32: 'PRIORITY' },
  SETTINGS: { 1: 'ACK' },
  PUSH_PROMISE: { 4: 'END_HEADERS', 8: 'PADDED' },
  PING: { 1: 'ACK' },
  CONTINUATION: { 4: 'END_HEADERS' },
}

/** Section 7. */
const errors = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
]

/**
 * Such as `DATA stream 1, 24 bytes: id: k3f9x2-1`. The headers are compressed
 * with what both sides remember of the connection: their length is told.
 *
 * @param prefaceBytes how many bytes come before the first frame
 */
export function http2Frames(tell: Tell, prefaceBytes: number): WireReader {
  let bytes = Buffer.alloc(0)
  let toSkip = prefaceBytes
  let lost = false

  return {
    read(chunk) {
      if (lost) return
      bytes = Buffer.concat([bytes, chunk])
      if (toSkip > 0 && bytes.length >= toSkip) {
        tell('(the preface of HTTP/2)')
        bytes = bytes.subarray(toSkip)
        toSkip = 0
      }
      // A frame has 16 KiB at most, unless a client asks for more.
      while (toSkip === 0 && bytes.length >= 9) {
        const end = 9 + bytes.readUIntBE(0, 3)
        if (bytes.length < end) return
        tellFrame(bytes.subarray(0, end), tell)
        bytes = bytes.subarray(end)
      }
    },
    pause() {},
    // Where the next frame begins nobody knows any more.
    skip() {
      lost = true
    },
  }
}

function tellFrame(frame: Buffer, tell: Tell): void {
  const code = frame.readUInt8(3)
  const type = types[code] ?? `type ${code}`
  const bits = frame.readUInt8(4)
  const stream = frame.readUInt32BE(5) & 0x7fffffff
  const payload = frame.subarray(9)
  const flags = Object.entries(flagNames[type] ?? {})
    .filter(([bit]) => bits & Number(bit))
    .map(([, name]) => ` ${name}`)
  const of = stream === 0 ? '' : ` stream ${stream}`
  const size = `${payload.length.toLocaleString('en')} bytes`
  const head = `[${type}${of}${flags.join('')}, ${size}]`
  const lines = detail(type, payload).split('\n')
  // An event stream is easier to read line by line.
  if (lines.at(-1) === '') lines.pop()
  tell(`${head} ${lines.shift() ?? ''}`.trim())
  for (const line of lines) tell(line)
}

function detail(type: string, payload: Buffer): string {
  if (type === 'DATA') return payload.toString()
  if (type === 'RST_STREAM') return errorAt(payload, 0)
  if (type === 'GOAWAY')
    return `last stream ${payload.readUInt32BE(0) & 0x7fffffff}, ${errorAt(payload, 4)}`
  if (type === 'PUSH_PROMISE')
    return `promises stream ${payload.readUInt32BE(0) & 0x7fffffff}`
  return ''
}

function errorAt(payload: Buffer, offset: number): string {
  const code = payload.readUInt32BE(offset)
  return errors[code] ?? `error ${code}`
}
