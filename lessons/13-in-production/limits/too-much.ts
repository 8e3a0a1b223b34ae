// A client that asks for too much, one limit after the other, and what it gets.

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'

import { WebSocket } from 'ws'

import serverSentEvents from '../../04-server-sent-events/index.ts'
import webSocket from '../../05-websocket/index.ts'
import { Feed } from '../../feed.ts'
import type { Lesson, ServeOptions } from '../../lesson.ts'
import { sleep } from '../../shared/sleep.ts'
import { type StartedServer, startServer } from '../../start.ts'
import { type Limits, withLimits } from './limits.ts'

/** Far above what the lessons' own clients need, but for the one that is looked at. */
const roomy: Limits = {
  subscriptions: 1_000,
  publishesPerS: 1_000,
  bytesPerS: 100e6,
  heldBytes: 100e6,
}

export function startLimited(
  lesson: Lesson,
  limits: Partial<Limits>,
  options: ServeOptions & { feed?: Feed } = {},
): Promise<StartedServer> {
  const serve: Lesson['serve'] = (feed, settings) =>
    withLimits(lesson.serve(feed, settings), { ...roomy, ...limits })
  return startServer({ ...lesson, serve }, options)
}

/** An answer, as its status, when to come back, and its sentence. */
export interface Told {
  readonly status: number
  readonly retryAfter: string | null
  readonly says: string
}

/** One subscription more than an address may have. */
export async function oneSubscriptionMore(most: number): Promise<Told> {
  await using server = await startLimited(serverSentEvents, {
    subscriptions: most,
  })
  const over = new AbortController()
  const open = Array.from({ length: most }, () => ask(server, over.signal))
  await Promise.all(open)
  const told = await tell(await ask(server, over.signal))
  over.abort()
  return told
}

/** The same for a WebSocket: what the upgrade is answered. */
export async function oneWebSocketMore(most: number): Promise<Told> {
  await using server = await startLimited(webSocket, { subscriptions: most })
  const sockets = Array.from({ length: most }, () => openWebSocket(server))
  await Promise.all(sockets.map((socket) => once(socket, 'open')))
  const refused = openWebSocket(server)
  refused.on('error', () => {}) // It is what is looked at here.
  const [, response] = await once(refused, 'unexpected-response')
  const says = (await text(response)).trim()
  for (const socket of [...sockets, refused]) socket.terminate()
  const { statusCode, headers } = response
  return { status: statusCode, retryAfter: headers['retry-after'], says }
}

/** One byte more than a message may have. */
export async function oneByteMore(most: number): Promise<Told> {
  await using server = await startLimited(
    serverSentEvents,
    {},
    { maxMessageBytes: most },
  )
  return tell(await publish(server, '.'.repeat(most + 1)))
}

/** The same in a frame: the code and the reason with which the WebSocket is closed. */
export async function oneByteMoreInFrame(
  most: number,
): Promise<{ readonly code: number; readonly reason: string }> {
  await using server = await startLimited(
    webSocket,
    {},
    { maxMessageBytes: most },
  )
  const socket = openWebSocket(server)
  await once(socket, 'open')
  socket.send('.'.repeat(most + 1))
  const [code, reason] = await once(socket, 'close')
  return { code, reason: `${reason}` }
}

/** So many messages at once: how many were published, and what the others were told. */
export async function publishAtOnce(
  messages: number,
  publishesPerS: number,
): Promise<{ readonly published: number; readonly told: readonly Told[] }> {
  await using server = await startLimited(serverSentEvents, { publishesPerS })
  const answers = await Promise.all(
    Array.from({ length: messages }, (_, n) => publish(server, `${n}`)),
  )
  const told = await Promise.all(answers.map(tell))
  const refused = told.filter(({ status }) => status !== 201)
  return { published: messages - refused.length, told: refused }
}

/** As many bytes as a WebSocket takes in `seconds`, sent at once. */
export async function sendAtOnce(
  bytesPerS: number,
  seconds: number,
): Promise<{
  readonly sent: number
  readonly published: number
  readonly tookMs: number
}> {
  const feed = new Feed()
  await using server = await startLimited(webSocket, { bytesPerS }, { feed })
  const socket = openWebSocket(server)
  await once(socket, 'open')
  const startMs = performance.now()
  const data = '.'.repeat(1_000)
  const sent = Math.floor((bytesPerS * seconds) / data.length)
  for (let n = 0; n < sent; n++) socket.send(data)
  const last = feed.present.replace(/-0$/, `-${sent}`)
  while (feed.find(last) === undefined && socket.readyState === socket.OPEN)
    await sleep(5)
  const tookMs = performance.now() - startMs
  socket.terminate()
  return { sent, published: feed.read(feed.start, 1e9).length, tookMs }
}

/** One reader more, after four that read nothing of what is published. */
export async function oneReaderMore(heldBytes: number): Promise<Told> {
  const feed = new Feed()
  const limits = { heldBytes }
  await using server = await startLimited(serverSentEvents, limits, { feed })
  const readers = Array.from({ length: 4 }, () => readNothing(server))
  while (feed.followerCount < readers.length) await sleep(2)
  try {
    // First the buffers of the system are full, then what Node has of its own.
    const data = '.'.repeat(heldBytes / 3)
    for (let n = 0; n < 500; n++) {
      feed.publish(data)
      const over = new AbortController()
      const answer = await ask(server, over.signal)
      if (answer.status !== 200) return await tell(answer)
      over.abort()
    }
    throw new Error('The server has taken it all.')
  } finally {
    for (const reader of readers) reader.destroy()
  }
}

function readNothing({ url }: StartedServer): Socket {
  const socket = connect(Number(url.port), url.hostname).pause()
  socket.on('error', () => {}) // The server may cut it.
  socket.write('GET /messages HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n')
  return socket
}

function ask({ url }: StartedServer, signal: AbortSignal): Promise<Response> {
  return fetch(new URL('/messages', url), { signal })
}

function publish({ url }: StartedServer, body: string): Promise<Response> {
  return fetch(new URL('/messages', url), { method: 'POST', body })
}

async function tell(answer: Response): Promise<Told> {
  return {
    status: answer.status,
    retryAfter: answer.headers.get('retry-after'),
    says: (await answer.text()).trim(),
  }
}

function openWebSocket({ url }: StartedServer): WebSocket {
  return new WebSocket(new URL('/messages', url))
}
