// The wire as lines: text, HTTP/2's frames and WebSocket's, from literal bytes,
// and from the same bytes cut at every size.
import { describe, expect, test } from 'vitest'
import { type WireAct, WireRecording } from '../../lessons/requirements/wire.ts'
import { transcript } from './transcript.ts'
import { wireLines } from './wire-lines.ts'

type Sent = [act: WireAct, bytes?: string | Buffer]

function record(sent: readonly Sent[], size = Infinity) {
  const connection = new WireRecording().open()
  for (const [act, data = ''] of sent) {
    const bytes = Buffer.from(data)
    if (bytes.length === 0) connection.add(act)
    for (let start = 0; start < bytes.length; start += size)
      connection.add(act, bytes.subarray(start, start + size))
  }
  return connection
}

/** The same whatever size the chunks have. */
function linesOf(...sent: Sent[]): string[] {
  const shown = (size?: number) =>
    wireLines(record(sent, size)).map(({ from, text }) => `${from}: ${text}`)
  const lines = shown()
  for (let size = 1; size <= 40; size++) expect(shown(size)).toEqual(lines)
  return lines
}

test('text is told line by line, whoever speaks', () => {
  expect(
    linesOf(
      ['client', 'GET / HTTP/1.1\r\nhost: a\r\n\r\n'],
      ['server', 'HTTP/1.1 200 OK\r\n\r\ndata: ✓\n\nda'],
      ['cut'],
    ),
  ).toEqual([
    'client: GET / HTTP/1.1',
    'client: host: a',
    'client: ',
    'server: HTTP/1.1 200 OK',
    'server: ',
    'server: data: ✓',
    'server: ',
    'server: da',
    'link: the connection broke',
  ])
})

test('of TLS there is nothing to see', () => {
  expect(
    linesOf(['client', Buffer.from([22, 3, 1, 0, 2, 1, 2])], ['server', 'x']),
  ).toEqual(['client: (encrypted)', 'server: (encrypted)'])
})

describe('WebSocket', () => {
  const ask = 'GET /messages HTTP/1.1\r\nUpgrade: websocket\r\n\r\n'
  const answer =
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n'
  const frames = (...bytes: (number[] | string)[]) =>
    Buffer.concat(bytes.map((part) => Buffer.from(part)))

  test('is told frame by frame', () => {
    const masked = [...Buffer.from('hi')].map((byte, n) => byte ^ (n + 1))
    expect(
      linesOf(
        ['client', ask],
        [
          'server',
          frames(
            answer,
            [0x81, 5],
            'hello',
            [0x01, 2],
            'he',
            [0x80, 3],
            'llo',
            [0x82, 2, 0xab, 0xcd],
            [0x89, 0],
          ),
        ],
        ['client', frames([0x81, 0x82, 1, 2, 3, 4, ...masked])],
        ['server', frames([0x88, 7, 0x03, 0xf4], 'later')],
      ).filter((line) => line.includes('[')),
    ).toEqual([
      'server: [text, 5 bytes] hello',
      'server: [text, 2 bytes, more follows] he',
      'server: [continuation, 3 bytes] llo',
      'server: [binary, 2 bytes] abcd',
      'server: [ping, 0 bytes]',
      'client: [text, 2 bytes, masked] hi',
      'server: [close, 7 bytes] 1012 later',
    ])
  })

  test('tells a frame after a long one', () => {
    const long = Buffer.alloc(4 + 10_000, 'x')
    long.set([0x81, 126, 10_000 >> 8, 10_000 & 0xff])
    const lines = linesOf(
      ['client', ask],
      [
        'server',
        Buffer.concat([Buffer.from(answer), long, frames([0x81, 1], 'b')]),
      ],
    )
    expect(lines.at(-2)).toMatch(/^server: \[text, 10,000 bytes\] x+$/)
    expect(lines.at(-1)).toBe('server: [text, 1 bytes] b')
  })
})

describe('HTTP/2', () => {
  const frame = (type: number, flags: number, stream: number, data = '') => {
    const payload = Buffer.from(data, 'latin1')
    const head = Buffer.alloc(9)
    head.writeUIntBE(payload.length, 0, 3)
    head.writeUInt8(type, 3)
    head.writeUInt8(flags, 4)
    head.writeUInt32BE(stream, 5)
    return Buffer.concat([head, payload])
  }

  test('is told frame by frame', () => {
    expect(
      linesOf(
        [
          'client',
          Buffer.concat([
            Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
            frame(4, 0, 0),
            frame(1, 5, 1, 'abc'),
          ]),
        ],
        [
          'server',
          Buffer.concat([
            frame(4, 1, 0),
            frame(5, 4, 1, '\0\0\0\x02hh'),
            frame(0, 0, 1, 'id: 1\ndata: a\n\n'),
            frame(6, 0, 0, '12345678'),
            frame(3, 0, 2, '\0\0\0\x08'),
            frame(7, 0, 0, '\0\0\0\x01\0\0\0\0'),
            frame(4, 0, 0, '\0\x03\0\0\0\x64\0\x08\0\0\0\x01'),
            frame(8, 0, 1, '\0\0\x10\0'),
            frame(0x20, 0, 0),
          ]),
        ],
      ),
    ).toEqual([
      'client: (the preface of HTTP/2)',
      'client: [SETTINGS, 0 bytes]',
      'client: [HEADERS stream 1 END_STREAM END_HEADERS, 3 bytes]',
      'server: [SETTINGS ACK, 0 bytes]',
      'server: [PUSH_PROMISE stream 1 END_HEADERS, 6 bytes] promises stream 2',
      'server: [DATA stream 1, 15 bytes] id: 1',
      'server: data: a',
      'server: ',
      'server: [PING, 8 bytes]',
      'server: [RST_STREAM stream 2, 4 bytes] CANCEL',
      'server: [GOAWAY, 8 bytes] last stream 1, NO_ERROR',
      'server: [SETTINGS, 12 bytes] MAX_CONCURRENT_STREAMS 100, ENABLE_CONNECT_PROTOCOL 1',
      'server: [WINDOW_UPDATE stream 1, 4 bytes] 4,096 bytes more',
      'server: [type 32, 0 bytes]',
    ])
  })

  const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
  const literal = (name: string, value: string) =>
    `\0${String.fromCharCode(name.length)}${name}${String.fromCharCode(value.length)}${value}`

  test('is told with its header fields', () => {
    const request = `\x82\x86${literal(':path', '/messages')}${literal('accept', 'a')}`
    expect(
      linesOf(
        ['client', Buffer.concat([preface, frame(1, 5, 1, request)])],
        ['server', frame(1, 4, 1, `\x88${literal('date', 'now')}`)],
      ),
    ).toEqual([
      'client: (the preface of HTTP/2)',
      'client: [HEADERS stream 1 END_STREAM END_HEADERS, 29 bytes] GET /messages',
      'client: accept: a',
      'server: [HEADERS stream 1 END_HEADERS, 11 bytes] 200',
      'server: date: now',
    ])
  })

  test('carries the frames of WebSocket after CONNECT, on that stream', () => {
    const request = `${literal(':method', 'CONNECT')}${literal(':protocol', 'websocket')}`
    expect(
      linesOf(
        ['client', Buffer.concat([preface, frame(1, 4, 1, request)])],
        [
          'server',
          Buffer.concat([
            frame(1, 4, 1, '\x88'),
            frame(0, 0, 1, '\x81\x05he'),
            frame(0, 0, 3, 'text'),
            frame(0, 0, 1, 'llo'),
          ]),
        ],
      ).slice(1),
    ).toEqual([
      'client: [HEADERS stream 1 END_HEADERS, 38 bytes] CONNECT',
      'client: :protocol: websocket',
      'server: [HEADERS stream 1 END_HEADERS, 1 bytes] 200',
      'server: [DATA stream 1, 4 bytes]',
      'server: [DATA stream 3, 4 bytes] text',
      'server: [DATA stream 1, 3 bytes]',
      'server: [text, 5 bytes] hello',
    ])
  })
})

describe('a recording', () => {
  test('keeps the beginning and the end of a long connection', () => {
    const connection = record([
      ['client', 'GET / HTTP/1.1\r\n\r\n'],
      ['server', `start\n${'x\n'.repeat(500_000)}end\n`],
    ])
    const lines = wireLines(connection)
    expect(lines[2]).toEqual({ from: 'server', text: 'start' })
    expect(lines.at(-1)).toEqual({ from: 'server', text: 'end' })
    expect(lines.length).toBeLessThan(70_000)
    expect(lines.some(({ text }) => / bytes are left out$/.test(text))).toBe(
      true,
    )
  })

  test('is shortened to what fits a screen', () => {
    const recording = new WireRecording()
    for (let n = 1; n <= 5; n++)
      recording.open().add('client', Buffer.from(`${'x\n'.repeat(100)}${n}\n`))
    recording.open().add('cut')
    const lines = transcript(recording)
    expect(lines.length).toBeLessThan(60)
    expect(new Set(lines.map(({ connection }) => connection))).toEqual(
      new Set([4, 5]),
    )
    expect(lines.at(-1)).toEqual({ connection: 5, from: 'client', text: '5' })
  })
})
