// Which protocol a connection speaks, and who reads it.
import type { WireAct, WireEvent } from '../../lessons/requirements/wire.ts'
import { http2Frames, isHttp2 } from './http2-frames.ts'
import { webSocketFrames } from './websocket-frames.ts'

/** Reads one direction of a connection, and tells it as lines. */
export interface WireReader {
  read(bytes: Buffer): void
  /** The other direction comes next, or nothing: tells a line that has not ended. */
  pause(): void
  /** Some bytes are missing here. */
  skip(): void
}

/** @param stream what the line belongs to, where a connection carries several */
export type Tell = (line: string, stream?: number) => void

export interface Protocol {
  client(tell: Tell): WireReader
  server(tell: Tell): WireReader
}

/** Judged by how it begins. */
export function protocolOf(events: readonly WireEvent[]): Protocol {
  const sent = (act: WireAct) =>
    Buffer.concat(
      events.filter((event) => event.act === act).map(({ bytes }) => bytes),
    )
  const asked = sent('client')
  const answered = sent('server').toString('latin1')
  if (asked[0] === 22) return { client: encrypted, server: encrypted }
  if (isHttp2(asked)) return http2Frames()
  const upgraded = /^HTTP\/1\.1 101 .*?upgrade: websocket/is
  if (upgraded.test(answered))
    return {
      client: (tell) => afterHead(text(tell), webSocketFrames(tell)),
      server: (tell) => afterHead(text(tell), webSocketFrames(tell)),
    }
  return { client: text, server: text }
}

/** Lines of UTF-8, whether they end with LF or CRLF. */
export function text(tell: Tell): WireReader {
  let decoder = new TextDecoder()
  let rest = ''
  const flush = () => {
    if (rest !== '') tell(rest)
    rest = ''
  }
  return {
    read(bytes) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) tell(line.replace(/\r$/, ''))
    },
    pause: flush,
    skip() {
      flush()
      decoder = new TextDecoder()
    },
  }
}

/** TLS: its records can be counted, and no more. */
function encrypted(tell: Tell): WireReader {
  let told = false
  const tellOnce = () => {
    if (!told) tell('(encrypted)')
    told = true
  }
  return { read: tellOnce, pause() {}, skip() {} }
}

/** `head` reads up to the empty line, `rest` what comes after it. */
function afterHead(head: WireReader, rest: WireReader): WireReader {
  let seen = Buffer.alloc(0)
  let current = head
  return {
    read(bytes) {
      if (current === rest) return rest.read(bytes)
      const before = seen.length
      seen = Buffer.concat([seen, bytes])
      const end = seen.indexOf('\r\n\r\n')
      if (end === -1) return head.read(bytes)
      const own = end + 4 - before
      head.read(bytes.subarray(0, own))
      current = rest
      rest.read(bytes.subarray(own))
    },
    pause: () => current.pause(),
    skip: () => current.skip(),
  }
}
