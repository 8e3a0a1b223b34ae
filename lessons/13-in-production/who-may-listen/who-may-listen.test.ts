// Who gets in, how, and for how long.

import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'

import serverSentEvents from '../../04-server-sent-events/index.ts'
import webSocket from '../../05-websocket/index.ts'
import { Feed } from '../../feed.ts'
import { listen } from '../../start.ts'
import { event, request, soon, wireTo } from '../../testing.ts'
import { header, subprotocol } from './credentials.ts'
import { doors } from './doors.ts'
import { serveAfterFirstMessage } from './first-message.ts'
import { expired, onlyWith } from './only-with.ts'
import { withTicketOffice } from './ticket-office.ts'
import { Tickets } from './tickets.ts'
import { sign, verify } from './token.ts'
import { tryAll } from './topic.ts'

const key = 'a key for tests'
const claims = { user: 'ada', expiresMs: 1_000 }

describe('a token', () => {
  const token = sign(claims, key)

  test('says who it is for, until it expires', () => {
    expect(verify(token, key, 999)).toEqual(claims)
    expect(() => verify(token, key, 1_000)).toThrow('has expired')
  })

  test.each([
    '',
    '.',
    'ada',
    token.slice(0, -1),
    `${token}A`,
    `${Buffer.from('{"user":"eve","expiresMs":9e15}').toString('base64url')}.${token.split('.')[1]}`,
    sign(claims, 'another key'),
  ])('is refused when it is another one: %s', (other) => {
    expect(() => verify(other, key, 0)).toThrow('no token of this server')
  })
})

describe('a ticket', () => {
  test('is good once', () => {
    const tickets = new Tickets()
    const ticket = tickets.issue(claims, 0)
    expect(tickets.redeem(ticket, 29_999)).toEqual(claims)
    expect(() => tickets.redeem(ticket, 29_999)).toThrow('was used')
    expect(() => tickets.redeem('made up', 0)).toThrow('was used')
  })

  test('is good for 30 s, and forgotten then', () => {
    const tickets = new Tickets()
    const ticket = tickets.issue(claims, 0)
    expect(() => tickets.redeem(ticket, 30_000)).toThrow('too old')
    tickets.issue(claims, 0)
    tickets.issue(claims, 30_000)
    expect(tickets.count).toBe(1)
  })
})

test('the ticket office asks for a token', async () => {
  const keeper = { key, tickets: new Tickets(), nowMs: () => 0 }
  const server = withTicketOffice(serverSentEvents.serve(new Feed()), keeper)
  await using listening = await listen(server, 0, '127.0.0.1')
  const buy = (headers: Record<string, string>) =>
    fetch(new URL('/tickets', listening.url), { method: 'POST', headers })
  const refused = await buy({})
  expect(refused.status).toBe(401)
  expect(refused.headers.get('www-authenticate')).toBe('Bearer')
  expect(keeper.tickets.count).toBe(0)
  const sold = await buy({ authorization: `Bearer ${sign(claims, key)}` })
  expect(sold.headers.get('cache-control')).toBe('no-store')
  const { ticket } = (await sold.json()) as { ticket: string }
  expect(keeper.tickets.redeem(ticket, 0)).toEqual(claims)
})

test.each([
  ['cookie', ['gets in', '401', '401', 'gets in', 'no']],
  ['ticket in the URL', ['gets in', '401', '401', '401', 'yes']],
  ['header', ['gets in', '401', '401', 'gets in', 'no']],
  ['subprotocol', ['gets in', '401', '401', 'gets in', 'no']],
  [
    'first message',
    ['gets in', 'closed, 4401', 'closed, 4401', 'gets in', 'no'],
  ],
])('%s: good, none, expired, used again, logged', async (title, wanted) => {
  const door = doors.find((one) => one.title === title)
  expect(door && (await tryAll(door))).toEqual(wanted)
})

describe('a token that expires while its holder is connected', () => {
  const token = (ms: number) =>
    sign({ user: 'ada', expiresMs: Date.now() + ms }, key)
  const check = (found: string) => verify(found, key, Date.now())

  test('ends an event stream, which goes on with the next token where it was', async () => {
    const feed = new Feed()
    const server = onlyWith(serverSentEvents.serve(feed), header, check)
    await using listening = await listen(server, 0, '127.0.0.1')
    const asks = (ms: number, ...more: string[]) =>
      request('GET /messages', `authorization: Bearer ${token(ms)}`, ...more)

    await using first = await wireTo(listening.url, asks(200))
    await first.until(/event: start/)
    const { id } = await feed.publish('before')
    await first.until(/data: before/)
    // The end of an answer in chunks; the connection may be used again.
    await first.until(/\r\n0\r\n\r\n/)
    await soon(() => expect(feed.followerCount).toBe(0))
    feed.publish('meanwhile')

    const from = `last-event-id: ${id}`
    await using second = await wireTo(listening.url, asks(60_000, from))
    feed.publish('afterwards')
    const text = await second.until(/data: afterwards/)
    expect(text.match(/data: \w+/g)).toEqual([
      'data: meanwhile',
      'data: afterwards',
    ])
  })

  test('closes a WebSocket with a code that says why', async () => {
    const feed = new Feed()
    const server = onlyWith(webSocket.serve(feed), subprotocol, check)
    await using listening = await listen(server, 0, '127.0.0.1')
    const url = new URL('/messages', listening.url)
    const socket = new WebSocket(url, ['messages', `bearer.${token(200)}`])
    await event(socket, 'open')
    // The token does not come back in the answer.
    expect(socket.protocol).toBe('messages')
    const [code] = await event(socket, 'close')
    expect(code).toBe(expired)
    await soon(() => expect(feed.followerCount).toBe(0))
  })

  test('loses nothing for who comes back with a new one', async () => {
    const feed = new Feed()
    const server = onlyWith(webSocket.serve(feed), subprotocol, check)
    await using listening = await listen(server, 0, '127.0.0.1')
    const got: string[] = []
    let cursor = feed.present
    const open = (ms: number) => {
      const url = new URL('/messages', listening.url)
      url.searchParams.set('after', cursor)
      const socket = new WebSocket(url, ['messages', `bearer.${token(ms)}`])
      socket.on('message', (frame) => {
        const { id, data } = JSON.parse(`${frame}`)
        if (data === undefined) return
        cursor = id
        got.push(data)
      })
      return socket
    }

    const first = open(500)
    await event(first, 'open')
    feed.publish('before')
    await event(first, 'close')
    feed.publish('meanwhile')
    // Longer than a timer can wait: it must not go off at once.
    const second = open(30 * 86_400_000)
    await event(second, 'open')
    await soon(() => expect(got).toEqual(['before', 'meanwhile']))
    feed.publish('afterwards')
    await soon(() => expect(got).toEqual(['before', 'meanwhile', 'afterwards']))
    expect(second.readyState).toBe(WebSocket.OPEN)
    second.terminate()
  })
})

describe('a WebSocket that has yet to say who it is', () => {
  const check = (found: string) => verify(found, key, 0)
  const server = (feed: Feed, patienceMs: number) =>
    listen(
      serveAfterFirstMessage(feed, check, { patienceMs, most: 2 }),
      0,
      '127.0.0.1',
    )
  const open = ({ url }: { url: URL }) =>
    new WebSocket(new URL('/messages', url))

  test('gets nothing, and is closed when it takes too long', async () => {
    const feed = new Feed()
    await using listening = await server(feed, 200)
    const socket = open(listening)
    const got: string[] = []
    socket.on('message', (data) => got.push(`${data}`))
    await event(socket, 'open')
    feed.publish('not for it')
    const [code, reason] = await event(socket, 'close')
    expect(code).toBe(expired)
    expect(`${reason}`).toBe('Say who you are, in the first message.')
    expect(got).toEqual([])
    expect(feed.followerCount).toBe(0)
  })

  test('waits with no more than so many others', async () => {
    await using listening = await server(new Feed(), 20_000)
    const waiting = [open(listening), open(listening)]
    await Promise.all(waiting.map((socket) => event(socket, 'open')))
    const third = open(listening)
    third.on('error', () => {}) // The answer says it.
    const [, answer] = await event(third, 'unexpected-response')
    expect(answer).toMatchObject({ statusCode: 503 })
    for (const socket of [...waiting, third]) socket.terminate()
  })

  test('may send nonsense after a bad one: only it is closed', async () => {
    const uncaught: unknown[] = []
    const note = (error: unknown) => uncaught.push(error)
    process.on('uncaughtExceptionMonitor', note)
    await using listening = await server(new Feed(), 20_000)
    const frames = Buffer.from([0x81, 0x80, 0, 0, 0, 0, 0xff, 0xff])
    const socket = open(listening)
    socket.on('upgrade', (answer) => answer.socket.write(frames))
    await event(socket, 'close')
    process.off('uncaughtExceptionMonitor', note)
    expect(uncaught).toEqual([])
  })

  test('may publish right behind it', async () => {
    const feed = new Feed()
    await using listening = await server(feed, 20_000)
    const socket = open(listening)
    await event(socket, 'open')
    const forever = { user: 'ada', expiresMs: Date.now() + 60_000 }
    socket.send(sign(forever, key))
    socket.send('at once')
    await soon(() =>
      expect(feed.read(feed.start).map(({ data }) => data)).toEqual([
        'at once',
      ]),
    )
    socket.terminate()
  })
})
