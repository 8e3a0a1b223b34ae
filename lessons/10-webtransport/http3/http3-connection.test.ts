// What the server does with bytes of HTTP/3 that are right, odd, or wrong.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { event, skipIfMissing, soon } from '../../testing.ts'
import lesson from '../index.ts'
import type { QuicStream } from '../quic/quic-stream.ts'
import {
  client,
  controlBytes,
  headersFrame,
  hex,
  openTestSession,
  sessionRequest,
  start,
} from '../test-client.ts'
import { type CodeName, codeName, codes } from './errors.ts'
import { readFrames } from './frames.ts'
import { maxSessions } from './http3-connection.ts'
import { decodeFields, type Field } from './qpack.ts'
import { encodeVarint } from './varint.ts'

beforeEach(({ skip }) => skipIfMissing(lesson, skip))

let server: Awaited<ReturnType<typeof start>>
beforeAll(async () => {
  if (lesson.missing() === undefined) server = await start(1)
})
afterAll(() => server?.close())

/** Tells that the server, and everybody else's connection to it, lives. */
async function livesOn(): Promise<void> {
  await using other = await client(server.url)
  const session = await openTestSession(
    other,
    server.url,
    '/messages?after=test-0',
  )
  await session.receives('{"id":"test-1","data":"1"}')
}

type Where = 'control' | 'oneWay' | 'bothWays'

const s = controlBytes.toString('hex')

/** After these bytes the stream ends. */
const ends = true

const wrong: [
  what: string,
  where: Where,
  bytes: string,
  CodeName,
  end?: true,
][] = [
  [
    'a control stream without SETTINGS',
    'control',
    '00 070100',
    'H3_MISSING_SETTINGS',
  ],
  ['GREASE before SETTINGS', 'control', '00 402100', 'H3_MISSING_SETTINGS'],
  ['SETTINGS twice', 'control', `${s} 0400`, 'H3_FRAME_UNEXPECTED'],
  ['a setting of HTTP/2', 'control', '00 04020201', 'H3_SETTINGS_ERROR'],
  ['a setting twice', 'control', '00 040433013301', 'H3_SETTINGS_ERROR'],
  ['half a setting', 'control', '00 040133', 'H3_FRAME_ERROR'],
  ['DATA on the control stream', 'control', `${s} 0000`, 'H3_FRAME_UNEXPECTED'],
  ['HEADERS on it', 'control', `${s} 0100`, 'H3_FRAME_UNEXPECTED'],
  ['PUSH_PROMISE on it', 'control', `${s} 0500`, 'H3_FRAME_UNEXPECTED'],
  ['a frame of HTTP/2 on it', 'control', `${s} 0600`, 'H3_FRAME_UNEXPECTED'],
  ['CANCEL_PUSH', 'control', `${s} 030100`, 'H3_ID_ERROR'],
  ['MAX_PUSH_ID that shrinks', 'control', `${s} 0d0107 0d0106`, 'H3_ID_ERROR'],
  ['MAX_PUSH_ID of nothing', 'control', `${s} 0d00`, 'H3_FRAME_ERROR'],
  ['GOAWAY that grows', 'control', `${s} 070104 070108`, 'H3_ID_ERROR'],
  [
    'GOAWAY that is too long',
    'control',
    `${s} 0780010000`,
    'H3_EXCESSIVE_LOAD',
  ],
  ['its end', 'control', s, 'H3_CLOSED_CRITICAL_STREAM', ends],
  ['a second one', 'oneWay', s, 'H3_STREAM_CREATION_ERROR'],
  ['a push by a client', 'oneWay', '01', 'H3_STREAM_CREATION_ERROR'],
  [
    'a capacity of a table',
    'oneWay',
    '02 3fe11f',
    'QPACK_ENCODER_STREAM_ERROR',
  ],
  ['an entry of it', 'oneWay', '02 c00163', 'QPACK_ENCODER_STREAM_ERROR'],
  ['an acknowledgement', 'oneWay', '03 80', 'QPACK_DECODER_STREAM_ERROR'],
  ['a count of entries', 'oneWay', '03 4401', 'QPACK_DECODER_STREAM_ERROR'],
  [
    "the end of QPACK's stream",
    'oneWay',
    '02',
    'H3_CLOSED_CRITICAL_STREAM',
    ends,
  ],
  ['a stream of no session', 'oneWay', '4054 01', 'H3_ID_ERROR'],
  ['one both ways', 'bothWays', '4041 02', 'H3_ID_ERROR'],
  ['DATA before HEADERS', 'bothWays', '0000', 'H3_FRAME_UNEXPECTED'],
  ['SETTINGS on a request', 'bothWays', '0400', 'H3_FRAME_UNEXPECTED'],
  ['PUSH_PROMISE on it', 'bothWays', '0500', 'H3_FRAME_UNEXPECTED'],
  ['a frame of HTTP/2 on it', 'bothWays', '0600', 'H3_FRAME_UNEXPECTED'],
  ['HEADERS cut off', 'bothWays', '01050000', 'H3_FRAME_ERROR', ends],
  ['HEADERS too long', 'bothWays', '0180010000', 'H3_EXCESSIVE_LOAD'],
  ['a dynamic field', 'bothWays', '0103000080', 'QPACK_DECOMPRESSION_FAILED'],
  ['field 99', 'bothWays', '01040000ff24', 'QPACK_DECOMPRESSION_FAILED'],
]

describe('a connection is closed, with its code, for', () => {
  test.each(wrong)('%s', async (_what, where, bytes, code, end) => {
    const control = where === 'control' ? '' : s
    await using one = await client(server.url, hex(control))
    const open = where === 'bothWays' ? one.bothWays : one.oneWay
    const stream = await open(hex(bytes))
    if (end) stream.end()
    const { by, isApplication, code: got } = await one.end()
    expect([by, isApplication, codeName(got)]).toEqual(['peer', true, code])
    await livesOn()
  })

  test('a control stream that is reset', async () => {
    await using one = await client(server.url, hex(''))
    const stream = await one.oneWay(controlBytes)
    await soon(() => expect(one.streams).toHaveLength(1))
    stream.abandon(7)
    expect((await one.end()).code).toBe(codes.H3_CLOSED_CRITICAL_STREAM)
  })

  test('a datagram that names no session', async () => {
    await using one = await client(server.url)
    one.quic.sendDatagram(hex('40'))
    expect((await one.end()).code).toBe(codes.H3_DATAGRAM_ERROR)
  })

  test('a trailer that is followed by DATA', async () => {
    await using one = await client(server.url)
    const request = headersFrame(sessionRequest(server.url))
    await one.bothWays(request, hex('01020000'), hex('0001cc'))
    expect((await one.end()).code).toBe(codes.H3_FRAME_UNEXPECTED)
  })
})

/** Requests that are malformed: section 4.1.2. */
const malformed: [what: string, bytes: Buffer][] = [
  ['no method', headersFrame([[':path', '/messages']])],
  [
    'an upper-case name',
    headersFrame([...sessionRequest(new URL('http://x')), ['A', 'b']]),
  ],
  ['headers that never came', hex('')],
]

describe('a stream is reset, and the connection goes on, for', () => {
  test.each(malformed)('%s', async (_, bytes) => {
    await using one = await client(server.url)
    const stream = await one.bothWays(bytes)
    stream.on('data', () => {})
    stream.end()
    await soon(() => expect(stream.errored).not.toBeNull())
    const session = await openTestSession(
      one,
      server.url,
      '/messages?after=test-0',
    )
    await session.receives('{"id":"test-1","data":"1"}')
  })
})

describe('what is unknown is ignored:', () => {
  test('settings and frames', async () => {
    // A setting, and frames before and after the request's headers.
    const control = hex('00 040533017fe105 402103616263 800f070000')
    await using one = await client(server.url, control)
    const request = headersFrame(sessionRequest(server.url))
    const session = await one.bothWays(hex('4021 01 ff'), request)
    session.write(hex('4021 00'))
    await soon(() => expect(one.streams).toHaveLength(2))
    expect(one.quic.isOpen).toBe(true)
  })

  test('capsules', async () => {
    await using one = await client(server.url)
    const session = await openTestSession(one, server.url)
    await session.receives('{"id":')
    const { id } = await server.feed.publish('after it')
    session.request.write(hex('0004 1702cafe'))
    await session.receives(`{"id":"${id}","data":"after it"}`)
    expect(one.quic.isOpen).toBe(true)
  })

  test('streams, which the server stops reading', async () => {
    await using one = await client(server.url)
    const unknown = await one.oneWay(hex('4021'), Buffer.from('what?'))
    await soon(() => {
      if (unknown.writable) unknown.write('more')
      expect(unknown.errored).toMatchObject({
        code: codes.H3_STREAM_CREATION_ERROR,
      })
    })
    expect(one.quic.isOpen).toBe(true)
  })

  test('streams that end before they say what they are', async () => {
    await using one = await client(server.url)
    const nothing = await one.oneWay()
    nothing.end()
    await livesOn()
    expect(one.quic.isOpen).toBe(true)
  })
})

/** Status and text of an answer. */
async function answerOf(stream: QuicStream) {
  let fields: Field[] = []
  let body = ''
  for await (const { type, payload } of readFrames(stream))
    if (type === 1) fields = decodeFields(payload)
    else body += payload
  return { ...Object.fromEntries(fields), body }
}

describe('a session is refused', () => {
  test.each<
    [what: string, path: string, more: Field[], status: string, RegExp]
  >([
    [
      'with a malformed cursor',
      '/messages?after=yesterday',
      [],
      '400',
      /cursor.*yesterday/,
    ],
    ['at another path', '/nowhere', [], '404', /no \/nowhere here/],
    [
      'to a foreign page',
      '/messages',
      [['origin', 'https://example.com']],
      '403',
      /Origin/,
    ],
    [
      'with headers that are too long',
      '/messages',
      [['x', 'v'.repeat(16_300)]],
      '431',
      /headers/i,
    ],
  ])('%s', async (_, path, more, status, body) => {
    await using one = await client(server.url)
    const request = [...sessionRequest(server.url, path), ...more]
    const stream = await one.bothWays(headersFrame(request))
    expect(await answerOf(stream)).toMatchObject({
      ':status': status,
      body: expect.stringMatching(body),
    })
    await soon(() => expect(one.quic.isOpen).toBe(true))
  })

  test('by another name of this machine', async () => {
    await using one = await client(server.url)
    const request = sessionRequest(new URL('http://rebound.example:8010'))
    const stream = await one.bothWays(headersFrame(request))
    expect(await answerOf(stream)).toMatchObject({ ':status': '403' })
  })

  test('when it asks for something else', async () => {
    await using one = await client(server.url)
    const get: Field[] = [
      [':method', 'GET'],
      [':scheme', 'https'],
      [':authority', server.url.host],
      [':path', '/messages'],
    ]
    const stream = await one.bothWays(headersFrame(get))
    stream.end()
    expect(await answerOf(stream)).toMatchObject({ ':status': '405' })
  })

  test(`beyond ${maxSessions} on one connection, until one ends`, async () => {
    await using one = await client(server.url)
    const sessions = []
    for (let n = 0; n < maxSessions; n++) {
      const session = await openTestSession(one, server.url)
      await session.receives('{"id":')
      sessions.push(session)
    }
    const request = headersFrame(sessionRequest(server.url))
    const refused = await one.bothWays(request)
    expect(await answerOf(refused)).toMatchObject({ ':status': '429' })

    sessions[0]?.request.end()
    await soon(() => expect(server.feed.followerCount).toBe(maxSessions - 1))
    const next = await openTestSession(one, server.url)
    await next.receives('{"id":')
  })
})

describe('sessions of one connection', () => {
  test('each have their streams, and end by themselves', async () => {
    await using one = await client(server.url)
    const all = await openTestSession(one, server.url, '/messages?after=test-0')
    const late = await openTestSession(one, server.url)
    await all.receives('{"id":"test-1","data":"1"}')
    await late.receives(`{"id":"${server.feed.present}"}\n`)
    await soon(() => expect(server.feed.followerCount).toBe(2))
    all.request.end()
    await soon(() => expect(server.feed.followerCount).toBe(1))
    expect(one.quic.isOpen).toBe(true)
  })

  test('end with a code and a reason of the client', async () => {
    await using one = await client(server.url)
    const session = await openTestSession(one, server.url)
    await session.receives('{"id":')
    // DATA, and in it CLOSE_WEBTRANSPORT_SESSION with 7 and "bye".
    session.request.write(hex('000a 6843 07 00000007 627965'))
    await soon(() => expect(server.feed.followerCount).toBe(0))
    // The server ends its side as well.
    session.request.resume()
    await event(session.request, 'end')
    expect(one.quic.isOpen).toBe(true)
  })

  test('are told that the client must not use them any more', async () => {
    await using one = await client(server.url)
    const session = await openTestSession(one, server.url)
    await session.receives('{"id":')
    session.request.end()
    await soon(() => expect(server.feed.followerCount).toBe(0))
    const late = await one.oneWay(hex('4054'), encodeVarint(session.id))
    await soon(() => {
      if (late.writable) late.write('more')
      const code = codes.WEBTRANSPORT_SESSION_GONE
      expect(late.errored).toMatchObject({ code })
    })
  })

  test('get streams that came before them, but not any number', async () => {
    await using one = await client(server.url)
    // The first request is stream 0.
    const early = await one.oneWay(hex('4054 00'), Buffer.from('early'))
    early.end()
    const more: QuicStream[] = []
    for (let n = 0; n < 16; n++) more.push(await one.oneWay(hex('4054 00')))
    await soon(() => {
      for (const one of more) if (one.writable) one.write('more')
      const code = codes.WEBTRANSPORT_BUFFERED_STREAM_REJECTED
      expect(more.map((one) => one.errored)).toContainEqual(
        expect.objectContaining({ code }),
      )
    })
    const session = await openTestSession(one, server.url)
    await soon(() =>
      expect(server.feed.read(server.feed.start)).toContainEqual(
        expect.objectContaining({ data: 'early' }),
      ),
    )
    expect(session.id).toBe(0)
  })
})
