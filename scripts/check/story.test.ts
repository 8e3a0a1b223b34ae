import { describe, expect, test } from 'vitest'
import { Feed } from '../../lessons/feed.ts'
import { type WireAct, WireRecording } from '../../lessons/requirements/wire.ts'
import { storyOf } from './story.ts'

const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n'
const ask = (...headers: string[]) =>
  `GET /messages HTTP/1.1\r\n${headers.map((one) => `${one}\r\n`).join('')}\r\n`
const events = (...positions: number[]) =>
  positions.map((n) => `id: k3f9x2-${n}\ndata: message ${n}\n\n`).join('')

/** Each connection as what was sent by turns, the client first; 'cut' cuts it. */
function tell(connections: string[][], waited = false, published = 30) {
  const feed = new Feed({ name: 'k3f9x2' })
  for (let n = 1; n <= published; n++) feed.publish(`message ${n}`)
  const recording = new WireRecording()
  for (const sent of connections) {
    const connection = recording.open()
    for (const [index, text] of sent.entries()) {
      const act: WireAct = index % 2 === 0 ? 'client' : 'server'
      if (text === 'cut') connection.add('cut')
      else connection.add(act, Buffer.from(text))
    }
  }
  return storyOf(recording, [feed], waited)
}

describe('the wire tells of', () => {
  test('messages that were passed over after a cut', () => {
    const story = tell([
      [ask(), head + events(19, 20), 'cut'],
      [ask('Last-Event-ID: k3f9x2-20'), head + events(24, 25)],
    ])
    expect(story).toBe(
      'After the cut at message 20 your server started again at 24: 21–23 were lost. The request carried Last-Event-ID: k3f9x2-20.',
    )
  })

  test('a single one', () => {
    const story = tell([[ask('Last-Event-ID: k3f9x2-20'), head + events(22)]])
    expect(story).toBe(
      'Your server started at message 22: message 21 was lost. The request carried Last-Event-ID: k3f9x2-20.',
    )
  })

  test('a cursor in the address', () => {
    const story = tell([
      ['GET /messages?after=k3f9x2-3 HTTP/1.1\r\n\r\n', head + events(6)],
    ])
    expect(story).toMatch(
      /4–5 were lost\. The request carried after=k3f9x2-3\.$/,
    )
  })

  test('a jump in the middle of an answer', () => {
    expect(tell([[ask(), head + events(1, 2, 5)]])).toBe(
      'Your server went from message 2 to 5: 3–4 were lost.',
    )
  })

  test('a cut before there was any id', () => {
    const story = tell([
      [ask(), `${head}retry: 2\n\n`, 'cut'],
      [ask(), head + events(5)],
    ])
    expect(story).toMatch(
      /^The connection broke before your server had sent any id/,
    )
  })

  test('what one stream of HTTP/2 was sent, and no other', () => {
    const recording = new WireRecording()
    const connection = recording.open()
    const frame = (type: number, stream: number, data: string) => {
      const head = Buffer.alloc(9)
      head.writeUIntBE(data.length, 0, 3)
      head.writeUInt8(type, 3)
      head.writeUInt8(4, 4)
      head.writeUInt32BE(stream, 5)
      return Buffer.concat([head, Buffer.from(data, 'latin1')])
    }
    const request = (cursor: string) =>
      `\x82\0\rlast-event-id${String.fromCharCode(cursor.length)}${cursor}`
    const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
    connection.add('client', Buffer.from(preface))
    connection.add('client', frame(1, 1, request('k3f9x2-20')))
    connection.add('client', frame(1, 3, request('k3f9x2-5')))
    connection.add('server', frame(0, 1, events(21)))
    connection.add('client', frame(4, 0, ''))
    connection.add('server', frame(0, 3, events(6, 8)))
    const feed = new Feed({ name: 'k3f9x2' })
    for (let n = 1; n <= 30; n++) feed.publish(`message ${n}`)
    expect(storyOf(recording, [feed], false)).toBe(
      'Your server went from message 6 to 8: message 7 was lost.',
    )
  })

  test('an answer that does not come', () => {
    const silent = [[ask('Last-Event-ID: k3f9x2-20'), head]]
    expect(tell(silent, true)).toBe(
      'The request carried Last-Event-ID: k3f9x2-20, and your server sent none of the 10 messages after that.',
    )
    expect(tell(silent, false)).toBe(undefined)
  })
})

describe('the wire tells nothing of', () => {
  test.each([
    ['a stream without a loss', [[ask(), head + events(1, 2, 3)]]],
    [
      'an ETag before the messages',
      [
        [
          ask('If-None-Match: "k3f9x2-0"'),
          'HTTP/1.1 200 OK\r\netag: "k3f9x2-3"\r\n\r\n[{"id":"k3f9x2-1"},{"id":"k3f9x2-2"},{"id":"k3f9x2-3"}]',
        ],
      ],
    ],
    [
      'a refusal that names the present',
      [
        [
          ask('Last-Event-ID: k3f9x2-2'),
          'HTTP/1.1 400 Bad Request\r\n\r\nThe feed is at k3f9x2-30.',
        ],
      ],
    ],
    [
      'other feeds',
      [[ask('Last-Event-ID: other1-2'), `${head}id: other1-9\n\n`]],
    ],
  ])('%s', (_, connections) => {
    expect(tell(connections)).toBe(undefined)
  })

  test('messages that the recording has left out', () => {
    const long = 'x'.repeat(300_000)
    const answer = head + events(1, 2) + long + events(3) + long + events(4)
    expect(tell([[ask(), answer]])).toBe(undefined)
  })

  test('messages that the history has forgotten', () => {
    const feed = new Feed({ name: 'k3f9x2', maxMessages: 5 })
    for (let n = 1; n <= 20; n++) feed.publish(`${n}`)
    const recording = new WireRecording()
    const connection = recording.open()
    connection.add('client', Buffer.from(ask('Last-Event-ID: k3f9x2-1')))
    connection.add('server', Buffer.from(head + events(16, 17)))
    expect(storyOf(recording, [feed], false)).toBe(undefined)
  })
})
