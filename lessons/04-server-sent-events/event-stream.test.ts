import { describe, expect, test } from 'vitest'

import { chunked, collect, everyCut } from '../testing.ts'
import { decodeEvents, encodeEvent, type StreamEvent } from './event-stream.ts'

const two = [{ data: 'a' }, { data: 'b' }]

const vectors: [
  name: string,
  stream: string | Uint8Array,
  events: StreamEvent[],
][] = [
  ['nothing', '\n', []],
  ['LF ends a line', 'data: a\n\ndata: b\n\n', two],
  ['CR ends a line', 'data: a\r\rdata: b\r\r', two],
  [
    'CRLF ends one line',
    'id: 1\r\ndata: a\r\ndata: b\r\n\r\n',
    [{ id: '1', data: 'a\nb' }],
  ],
  [
    'each line may have another end',
    'data: a\r\n\ndata: b\n\rdata: c\r\r\n\ndata: d\n\r\n',
    [...two, { data: 'c' }, { data: 'd' }],
  ],
  [
    'a byte order mark at the start is skipped',
    '\uFEFFdata: a\n\ndata: b\n\n',
    two,
  ],
  [
    'a second byte order mark belongs to the name of the field',
    '\uFEFF\uFEFFdata: a\n\n\uFEFFdata: b\n\ndata: c\n\n',
    [{ data: 'c' }],
  ],
  [
    'a byte order mark in the data is data',
    'data: \uFEFFa\n\n',
    [{ data: '\uFEFFa' }],
  ],
  [
    'a comment is skipped',
    ':\n\n: data: no\ndata: a\n:data: no\n\n:\n\ndata: b\n\n',
    two,
  ],
  [
    'one space after the colon is stripped',
    'data:a\ndata: b\ndata:  c\ndata:\td\ndata: \n\n',
    [{ data: 'a\nb\n c\n\td\n' }],
  ],
  [
    'a second colon belongs to the value',
    'data: a: b\n\ndata::\n\n',
    [{ data: 'a: b' }, { data: ':' }],
  ],
  [
    'a field without a colon is empty',
    'data\n\ndata\ndata\n\n',
    [{ data: '' }, { data: '\n' }],
  ],
  [
    'data that is empty makes an event',
    'data:\n\ndata: \n\n',
    [{ data: '' }, { data: '' }],
  ],
  [
    'other fields are ignored',
    'Data: A\n data: b\ndata : c\nfoo: d\ndata: a\nbar\n\nfoo: e\n\n',
    [{ data: 'a' }],
  ],
  [
    'the last id and the last event of several count',
    'id: 1\nid: 2\nevent: a\nevent: b\ndata: c\n\n',
    [{ id: '2', event: 'b', data: 'c' }],
  ],
  [
    'an id without data is told, for it counts',
    'id: 1\n\ndata: a\n\n',
    [{ id: '1' }, { data: 'a' }],
  ],
  [
    'an empty id takes the last one back',
    'id: 1\ndata: a\n\nid:\ndata: b\n\nid\ndata: c\n\n',
    [
      { id: '1', data: 'a' },
      { id: '', data: 'b' },
      { id: '', data: 'c' },
    ],
  ],
  [
    'an id with NUL is ignored',
    'id: 1\nid: 2\0\ndata: a\0\n\n',
    [{ id: '1', data: 'a\0' }],
  ],
  [
    'an empty type stands for the type message',
    'event: a\nevent:\ndata: b\n\n',
    [{ event: 'message', data: 'b' }],
  ],
  [
    'a retry of digits is told',
    'retry: 2000\n\nretry:0\ndata: a\n\n',
    [{ retryMs: 2000 }, { retryMs: 0, data: 'a' }],
  ],
  [
    'a retry that is not digits is ignored',
    'retry: 1s\nretry: -1\nretry: 1.5\nretry: 1e3\nretry:  1\nretry:\nretry: ٣\nretry: 0x1\ndata: a\n\n',
    [{ data: 'a' }],
  ],
  [
    'an event that the end cuts off is dropped',
    'data: a\n\ndata: b\n',
    [{ data: 'a' }],
  ],
  [
    'a line that the end cuts off is dropped',
    'data: a\n\nid: 7\ndata: b',
    [{ data: 'a' }],
  ],
  [
    'other separators of Unicode end no line',
    'data: a\u2028\u2029\u0085\v\fdata: b\n\n',
    [{ data: 'a\u2028\u2029\u0085\v\fdata: b' }],
  ],
  [
    'characters of two, three and four bytes',
    'id: ü\ndata: ü€😀\n\n',
    [{ id: 'ü', data: 'ü€😀' }],
  ],
  [
    'bytes that are no UTF-8 are replaced',
    Buffer.from('data: a\xff\n\ndata: \xe2\x82\n\n', 'latin1'),
    [{ data: 'a\uFFFD' }, { data: '\uFFFD' }],
  ],
]

describe('in a stream, however it is cut,', () => {
  test.each(vectors)('%s', async (_, stream, events) => {
    const bytes = Buffer.from(stream)
    for (const chunks of everyCut(bytes))
      expect(await collect(decodeEvents(chunks))).toEqual(events)
  })
})

test('a chunk without a byte changes nothing', async () => {
  async function* source() {
    for (const chunk of ['', 'id: 1\r', '', '\ndata: a\r', '', '\n\r\n'])
      yield Buffer.from(chunk)
  }
  expect(await collect(decodeEvents(source()))).toEqual([
    { id: '1', data: 'a' },
  ])
})

test('an event is handed out before the byte after its last CR', async () => {
  async function* source() {
    yield Buffer.from('data: a\r\r')
    await new Promise(() => {})
  }
  const { value } = await decodeEvents(source()).next()
  expect(value).toEqual({ data: 'a' })
})

describe('the encoder', () => {
  test('writes these bytes', () => {
    expect(encodeEvent({ id: 'k3f9x2-0', retryMs: 1000 })).toBe(
      'retry: 1000\nid: k3f9x2-0\n\n',
    )
    expect(encodeEvent({ id: 'k3f9x2-1', data: 'a\nb' })).toBe(
      'id: k3f9x2-1\ndata: a\ndata: b\n\n',
    )
    expect(encodeEvent({ data: '' })).toBe('data: \n\n')
  })

  test.each([
    '',
    ' ',
    ' a',
    'a\n',
    '\n',
    '\n\n\n',
    ':',
    ': no comment',
    'id: 7\n\ndata: no\nretry: 1\n\n',
    'U+2028 \u2028, NUL \0, BOM \uFEFF',
    '\uFEFF',
    'ü€😀',
  ])('writes %j so that it is read as it was', async (data) => {
    const events = [
      { id: 'k3f9x2-41', data },
      { id: 'k3f9x2-42', data: 'the next' },
    ]
    const bytes = Buffer.from(events.map(encodeEvent).join(''))
    for (const chunks of everyCut(bytes))
      expect(await collect(decodeEvents(chunks))).toEqual(events)
  })

  test('hands out CR and CRLF as LF', async () => {
    const bytes = Buffer.from(encodeEvent({ data: 'a\rb\r\nc\n\rd' }))
    expect(await collect(decodeEvents(chunked(bytes, 3)))).toEqual([
      { data: 'a\nb\nc\n\nd' },
    ])
  })

  test('is read back with 300 kB in one line, byte for byte', async () => {
    const event = { data: '😀'.repeat(75_000) }
    const bytes = Buffer.from(encodeEvent(event))
    const [read] = await collect(decodeEvents(chunked(bytes, 1)))
    expect(read?.data === event.data).toBe(true)
  })
})
