// Which way a real browser's WebSockets take: the server sees it, no page does.

import { createServer } from 'node:http'
import {
  constants,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import type { AddressInfo } from 'node:net'

import type { Page } from 'playwright-core'
import { expect, vi } from 'vitest'

import { eventually, isInState, shownOn, test } from '../browser-test.ts'
import type { Certificate } from '../lesson.ts'
import { Link } from '../requirements/link.ts'
import { startServer } from '../start.ts'
import { event } from '../testing.ts'
import lesson from './index.ts'

vi.setConfig({ testTimeout: 60_000 })

/** The lesson's server, and by which way each WebSocket came. */
async function start(certificate: Certificate) {
  const server = await startServer(lesson, { certificate, retryMs: 10 })
  const events = server.server as unknown as NodeJS.EventEmitter
  /** For each WebSocket `session n`, n counted from 1, or `Upgrade`. */
  const ways: string[] = []
  const sessions: ServerHttp2Session[] = []
  /** Those of WebSockets. */
  const streams: ServerHttp2Stream[] = []
  events.on('session', (session) => sessions.push(session))
  events.on('stream', (stream: ServerHttp2Stream, headers) => {
    const { session } = stream
    if (headers[':method'] !== 'CONNECT' || !session) return
    streams.push(stream)
    ways.push(`session ${sessions.indexOf(session as ServerHttp2Session) + 1}`)
  })
  events.on('upgrade', () => ways.push('Upgrade'))
  return { ...server, ways, sessions, streams }
}

/** Opens so many in the page, one after the other: `sockets`. */
function openIn(page: Page, count: number): Promise<void> {
  return page.evaluate(`(async () => {
    globalThis.sockets ??= []
    for (let n = 0; n < ${count}; n++) {
      const socket = new WebSocket('wss://' + location.host + '/messages')
      await new Promise((opened, failed) => {
        socket.onopen = opened
        socket.onerror = failed
      })
      socket.onclose = ({ code, reason, wasClean }) => {
        socket.end = { code, reason, wasClean }
      }
      socket.texts = []
      socket.onmessage = ({ data }) => socket.texts.push(data)
      sockets.push(socket)
    }
  })()`)
}

/** How the nth one ended. */
async function endOf(page: Page, n: number): Promise<unknown> {
  let end: unknown
  const look = async () => {
    end = await page.evaluate(`sockets[${n}].end`)
    return end
  }
  await eventually(look, `the end of WebSocket ${n}`).toBeDefined()
  return end
}

test('all WebSockets of two tabs, their pages and their requests share one connection', async ({
  certificate,
  open,
}) => {
  await using server = await start(certificate)
  const one = await open(server.url)
  const other = await open(server.url)
  for (const page of [one, other]) {
    await isInState(page, 'open')
    await openIn(page, 5)
  }
  expect(server.ways).toEqual(Array(12).fill('session 1'))
  server.feed.publish('to all')
  const heard = `sockets.filter(({ texts }) => texts.at(-1)?.includes('to all')).length`
  for (const page of [one, other]) {
    await eventually(() => shownOn(page), 'the message').toEqual(['to all'])
    await eventually(() => page.evaluate(heard), 'the message').toBe(5)
  }
  const protocol =
    'performance.getEntriesByType("navigation")[0].nextHopProtocol'
  expect(await one.evaluate(protocol)).toBe('h2')
  expect(server.sessions).toHaveLength(1)
})

test('one connection carries 100 WebSockets of a page, and a request beside them', async ({
  certificate,
  open,
}) => {
  await using server = await start(certificate)
  const page = await open(server.url)
  await isInState(page, 'open')
  await openIn(page, 99)
  expect(server.ways).toEqual(Array(100).fill('session 1'))
  expect(server.feed.followerCount).toBe(100)
  const fetched = `fetch('/style.css', { cache: 'no-store' }).then(({ ok }) => ok)`
  expect(await page.evaluate(fetched)).toBe(true)
  expect(server.sessions).toHaveLength(1)
})

test('the 129th WebSocket waits until one of the 128 that are allowed leaves', async ({
  certificate,
  open,
}) => {
  await using server = await start(certificate)
  const page = await open(server.url)
  await isInState(page, 'open')
  await openIn(page, 127)
  const last = openIn(page, 1)
  const fetched = page.evaluate('fetch("/style.css").then(({ ok }) => ok)')
  // A round trip on one of them later, neither has reached the server.
  await page.evaluate('sockets[0].send("hello")')
  await eventually(() => shownOn(page), 'the message').toEqual(['hello'])
  expect(server.streams).toHaveLength(128)
  await page.evaluate('for (const n of [0, 1]) sockets[n].close()')
  await last
  expect(await fetched).toBe(true)
  expect(server.ways).toEqual(Array(129).fill('session 1'))
})

test('after a break the page knocks, and comes back over HTTP/2', async ({
  certificate,
  open,
}) => {
  await using server = await start(certificate)
  await using link = await Link.to(server.url)
  const page = await open(new URL('/?retryMs=10', link.url))
  await isInState(page, 'open')
  link.cut()
  server.feed.publish('after the cut')
  await eventually(() => shownOn(page), 'the message').toEqual([
    'after the cut',
  ])
  expect(server.ways).toEqual(['session 1', 'session 2'])
})

test('a WebSocket that finds no connection comes by HTTP/1.1, and each by its own', async ({
  certificate,
  open,
}) => {
  await using server = await start(certificate)
  const elsewhere = createServer((_, response) => response.end('<h1>Hello'))
  elsewhere.listen(0, '127.0.0.1')
  await event(elsewhere, 'listening')
  const { port } = elsewhere.address() as AddressInfo
  const connections = vi.fn()
  server.server.on('connection', connections)

  const page = await open(new URL(`http://127.0.0.1:${port}`))
  const opened = `Promise.all([1, 2, 3].map(() => new Promise((opened, failed) => {
    const socket = new WebSocket('wss://${server.url.host}/messages')
    socket.onopen = () => opened(1)
    socket.onerror = failed
  })))`
  expect(await page.evaluate(opened)).toEqual([1, 1, 1])
  expect(server.ways).toEqual(Array(3).fill('Upgrade'))
  expect(server.sessions).toEqual([])
  expect(connections).toHaveBeenCalledTimes(3)
  elsewhere.close()
  elsewhere.closeAllConnections()
})

test('a page sees how a stream ends: 1000, 1009, 1006 and 1012, one by one', async ({
  certificate,
  open,
}) => {
  await using server = await start(certificate)
  const page = await open(server.url)
  await isInState(page, 'open')
  await openIn(page, 4)

  await page.evaluate('sockets[0].close(1000, "bye")')
  const bye = { code: 1000, reason: 'bye', wasClean: true }
  expect(await endOf(page, 0)).toEqual(bye)

  await page.evaluate('sockets[1].send("x".repeat(1024 * 1024 + 1))')
  expect(await endOf(page, 1)).toMatchObject({ code: 1009 })

  // The first stream is the page's own.
  server.streams[3]?.close(constants.NGHTTP2_CANCEL)
  const reset = { code: 1006, reason: '', wasClean: false }
  expect(await endOf(page, 2)).toEqual(reset)

  // None of that has ended anything else.
  server.feed.publish('still here')
  await eventually(() => shownOn(page), 'the message').toEqual(['still here'])
  expect(server.sessions).toHaveLength(1)

  await server.close()
  const reason = 'The server restarts. Come back with your cursor.'
  const restart = { code: 1012, reason, wasClean: true }
  expect(await endOf(page, 3)).toEqual(restart)
})
