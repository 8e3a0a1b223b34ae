// HTTP/2's frames as lines: https://www.rfc-editor.org/rfc/rfc9113.html#section-4
import { type Field, HpackDecoder } from './hpack.ts'
import { webSocketFrames } from './websocket-frames.ts'
import type { Protocol, Tell, WireReader } from './wire-protocols.ts'

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

/** Section 6.5.2, and RFC 8441, section 3. */
const settings = [
  '',
  'HEADER_TABLE_SIZE',
  'ENABLE_PUSH',
  'MAX_CONCURRENT_STREAMS',
  'INITIAL_WINDOW_SIZE',
  'MAX_FRAME_SIZE',
  'MAX_HEADER_LIST_SIZE',
  '',
  'ENABLE_CONNECT_PROTOCOL',
]

const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'

/** Whether a connection that begins so speaks HTTP/2. */
export function isHttp2(start: Buffer): boolean {
  return start.subarray(0, 14).toString('latin1') === preface.slice(0, 14)
}

/**
 * Such as `[DATA stream 1, 24 bytes] id: k3f9x2-1`. What a CONNECT has opened
 * carries WebSocket's frames.
 */
export function http2Frames(): Protocol {
  const tunnels = new Set<number>()
  return {
    client: (tell) => frames(tell, preface.length, tunnels),
    server: (tell) => frames(tell, 0, tunnels),
  }
}

/** @param prefaceBytes how many bytes come before the first frame */
function frames(
  tell: Tell,
  prefaceBytes: number,
  tunnels: Set<number>,
): WireReader {
  const tellFrame = frameTeller(tell, tunnels)
  let bytes = Buffer.alloc(0)
  let toSkip = prefaceBytes
  let lost = false

  return {
    read(chunk) {
      if (lost) return
      bytes = Buffer.concat([bytes, chunk])
      if (toSkip > 0 && bytes.length >= toSkip) {
        tell('(the preface of HTTP/2)', 0)
        bytes = bytes.subarray(toSkip)
        toSkip = 0
      }
      // A frame has 16 KiB at most, unless a client asks for more.
      while (toSkip === 0 && bytes.length >= 9) {
        const end = 9 + bytes.readUIntBE(0, 3)
        if (bytes.length < end) return
        tellFrame(bytes.subarray(0, end))
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

function frameTeller(tell: Tell, tunnels: Set<number>) {
  const fieldsOf = fieldReader()
  const webSockets = new Map<number, WireReader>()

  return (frame: Buffer): void => {
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

    if (type === 'DATA' && tunnels.has(stream)) {
      const reader =
        webSockets.get(stream) ?? webSocketFrames((line) => tell(line, stream))
      webSockets.set(stream, reader)
      tell(head, stream)
      reader.read(payload)
      return
    }
    const fields = fieldsOf(type, bits, payload)
    if (isConnect(fields)) tunnels.add(stream)
    const lines = fields ? linesOf(fields) : detail(type, payload).split('\n')
    // An event stream is easier to read line by line.
    if (lines.at(-1) === '') lines.pop()
    tell(`${head} ${lines.shift() ?? ''}`.trim(), stream)
    for (const line of lines) tell(line, stream)
  }
}

/** The fields that a frame carries; undefined when it has none, or they cannot be read. */
function fieldReader() {
  const decoder = new HpackDecoder()
  let lost = false
  return (type: string, bits: number, payload: Buffer) => {
    if (lost || (type !== 'HEADERS' && type !== 'PUSH_PROMISE')) return
    // Nothing here sends those: padding, and blocks of more than one frame.
    lost = (bits & 8) !== 0 || (bits & 4) === 0
    if (lost) return
    const start = type === 'PUSH_PROMISE' ? 4 : bits & 32 ? 5 : 0
    try {
      return decoder.decode(payload.subarray(start))
    } catch {
      lost = true // What comes after it means nothing either.
      return
    }
  }
}

function isConnect(fields: readonly Field[] = []): boolean {
  return fields.some(
    ([name, value]) => name === ':method' && value === 'CONNECT',
  )
}

/** What HTTP/1.1 has in its first line is in the first one here. */
function linesOf(fields: readonly Field[]): string[] {
  const values = new Map(fields)
  const first = [':method', ':path', ':status']
  const start = first.flatMap((name) => values.get(name) ?? [])
  const others = fields
    .filter(([name]) => !first.includes(name) && name !== ':scheme')
    .map(([name, value]) => `${name}: ${value}`)
  return [start.join(' '), ...others]
}

function detail(type: string, payload: Buffer): string {
  if (type === 'DATA') return payload.toString()
  if (type === 'RST_STREAM') return errorAt(payload, 0)
  if (type === 'SETTINGS') return settingsIn(payload)
  if (type === 'WINDOW_UPDATE')
    return `${payload.readUInt32BE(0).toLocaleString('en')} bytes more`
  if (type === 'GOAWAY')
    return `last stream ${payload.readUInt32BE(0) & 0x7fffffff}, ${errorAt(payload, 4)}`
  if (type === 'PUSH_PROMISE')
    return `promises stream ${payload.readUInt32BE(0) & 0x7fffffff}`
  return ''
}

function settingsIn(payload: Buffer): string {
  const told: string[] = []
  for (let at = 0; at + 6 <= payload.length; at += 6) {
    const code = payload.readUInt16BE(at)
    const name = settings[code] || `setting ${code}`
    told.push(`${name} ${payload.readUInt32BE(at + 2).toLocaleString('en')}`)
  }
  return told.join(', ')
}

function errorAt(payload: Buffer, offset: number): string {
  const code = payload.readUInt32BE(offset)
  return errors[code] ?? `error ${code}`
}
