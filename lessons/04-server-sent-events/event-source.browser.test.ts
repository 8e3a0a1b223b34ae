// What the EventSource of a real browser does, seen in Chromium 156: when it
// comes back, when it gives up, and what it reads. The write-up cites this.
// https://html.spec.whatwg.org/multipage/server-sent-events.html

import { describe, expect, vi } from 'vitest'

import { eventually } from '../browser-test.ts'
import { chunked, collect } from '../testing.ts'
import {
  type Answer,
  bytes,
  eventStream,
  openStream,
  status,
  stream,
  test,
} from './event-source-test.ts'
import { decodeEvents } from './event-stream.ts'

vi.setConfig({ testTimeout: 60_000 })

/** One message, after which an EventSource comes back at once. */
const hello = 'retry: 1\nid: 1\ndata: hello\n\n'
const hasSeenHello = [
  ['open'],
  ['message', 'hello', '1'],
  ['error', 'connecting'],
]

describe('it closes for good', () => {
  test.for<[what: string, answer: Answer]>([
    ['204', status(204)],
    ['205', status(205)],
    ['400', status(400)],
    ['404', status(404)],
    ['429 with Retry-After', status(429, { 'retry-after': '0' })],
    ['500', status(500)],
    ['502', status(502)],
    ['503 with Retry-After', status(503, { 'retry-after': '0' })],
    ['another type', stream('data: no\n\n', 'text/plain')],
    ['no type', (response) => response.writeHead(200).end('data: no\n\n')],
    [
      'another charset',
      stream('data: no\n\n', `${eventStream}; charset=latin1`),
    ],
    [
      'headers that break off before the type',
      bytes('HTTP/1.1 200 OK\r\ncontent-ty'),
    ],
  ])('after %s', async ([, answer], { follow }) => {
    const { ids, notes, meanwhile } = await follow(stream(hello), answer)

    await eventually(notes, 'the end').toEqual([
      ...hasSeenHello,
      ['error', 'closed'],
    ])
    await meanwhile()
    expect(ids, 'the id of each request').toEqual([undefined, '1'])
  })
})

describe('it comes back with the last id', () => {
  test.for<[what: string, answer: Answer, notes: string[][]]>([
    ['the stream ended', stream(''), [['open'], ['error', 'connecting']]],
    [
      'the stream broke',
      (response) => {
        openStream(response)
        response.write('data: half', () => response.destroy())
      },
      [['open'], ['error', 'connecting']],
    ],
    [
      'there was no answer',
      (response) => response.destroy(),
      [['error', 'connecting']],
    ],
    [
      'the answer broke off after its type',
      bytes(`HTTP/1.1 200 OK\r\ncontent-type: ${eventStream}\r\nca`),
      [['open'], ['error', 'connecting']],
    ],
    ['a redirect', status(302, { location: '/stream' }), []],
  ])('after %s', async ([, answer, expected], { follow }) => {
    const { ids, notes } = await follow(stream(hello), answer)

    await eventually(notes, 'the next stream').toEqual([
      ...hasSeenHello,
      ...expected,
      ['open'],
    ])
    expect(ids, 'the id of each request').toEqual([undefined, '1', '1'])
  })

  test('after nobody listened for a while', async ({ follow }) => {
    const { ids, notes, stop, restart } = await follow((response) => {
      openStream(response)
      response.write(hello)
    })
    await eventually(notes, 'the message').toHaveLength(2)
    stop()
    const attempts = async () => (await notes()).length - hasSeenHello.length
    await eventually(attempts, 'attempts').toBeGreaterThan(2)

    await restart()

    await eventually(() => ids, 'it to come back').toEqual([undefined, '1'])
    expect((await notes()).slice(0, -1)).not.toContainEqual(['error', 'closed'])
  })
})

describe('the id that it comes back with', () => {
  test.for<[what: string, next: string, id: string | undefined]>([
    ['is that of an event without data', 'id: 2\n\n', '2'],
    ['is that of an event of another type', 'event: x\nid: 2\ndata\n\n', '2'],
    ['stays when an event has none', 'data: a\n\n', '1'],
    ['is not that of an event that the end cuts off', 'id: 2\ndata: a\n', '1'],
    ['is not one that holds NUL', 'id: 2\0\n\n', '1'],
    ['is none after an empty one', 'id\n\n', undefined],
    ['is sent as UTF-8', 'id: ü✓\n\n', 'ü✓'],
  ])('%s', async ([, next, id], { follow }) => {
    const { ids } = await follow(stream(hello + next))

    await eventually(() => ids, 'it to come back').toEqual([undefined, id])
  })
})

test('it waits for as long as the stream wants: one comes back five times while another still waits', async ({
  follow,
}) => {
  const slow = 'retry: 600000\nretry: 1s\nretry: -1\n\n'
  const { ids, notes, meanwhile } = await follow(stream(slow))
  await eventually(notes, 'the end').toEqual([
    ['open'],
    ['error', 'connecting'],
  ])

  await meanwhile()

  expect(ids).toHaveLength(1)
})

test('it reads a stream as our decoder does', async ({ follow }) => {
  const streams: [stream: string | Uint8Array, data: string[]][] = [
    ['data: LF\ndata: a\n\n', ['LF\na']],
    ['data: CR\rdata: a\r\r', ['CR\na']],
    ['data: CRLF\r\ndata: a\r\n\r\n', ['CRLF\na']],
    ['data: mixed\r\n\ndata: a\n\rdata: b\r\r\n', ['mixed', 'a', 'b']],
    ['data: \u2028 \u2029 \u0085 \v \f\n\n', ['\u2028 \u2029 \u0085 \v \f']],
    ['\uFEFFdata: BOM\n\n', ['BOM']],
    ['\uFEFF\uFEFFdata: second BOM\n\ndata: a\n\n', ['a']],
    ['data: \uFEFFBOM in data\n\n', ['\uFEFFBOM in data']],
    ['data:no space\n\ndata:  two\n\n', ['no space', ' two']],
    ['data\n\ndata:\n\ndata\ndata\n\n', ['', '', '\n']],
    ['id: 7\n\nevent: x\n\nretry: 1\n\n', []],
    ['event: x\ndata: other type\n\nevent:\ndata: a\n\n', ['a']],
    [':comment\n:\ndata: a\n: comment\n\n', ['a']],
    ['Data: case\n data: space\ndata : a\n\n', []],
    ['data: NUL \0\n\n', ['NUL \0']],
    [Buffer.from('data: \xff \xe2\x82\n\n', 'latin1'), ['\uFFFD \uFFFD']],
    ['data: ü€😀\n\ndata: cut off\n', ['ü€😀']],
  ]
  const answers = streams.map(([content]) => stream(content))

  const { ids, notes } = await follow(stream(hello), ...answers)

  const requests = streams.length + 2
  await eventually(() => ids.length, 'all streams').toBe(requests)
  await eventually(async () => (await notes()).at(-1), 'the last').toEqual([
    'open',
  ])
  const messages = (await notes()) as string[][]
  const data = messages.filter(([kind]) => kind === 'message').map(([, d]) => d)
  expect(data).toEqual(['hello', ...streams.flatMap(([, data]) => data)])

  for (const [content, data] of streams) {
    const bytes = Buffer.from(content)
    const events = await collect(decodeEvents(chunked(bytes, bytes.length)))
    const isMessage = ({ event = 'message' }) => event === 'message'
    const decoded = events.filter(isMessage).map((event) => event.data)
    expect(decoded.filter((text) => text !== undefined)).toEqual(data)
  }
})
