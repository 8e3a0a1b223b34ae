// A server for each way of saying who one is, and somebody who tries them.

import { once } from 'node:events'
import http, { type IncomingMessage } from 'node:http'

import { WebSocket } from 'ws'

import serverSentEvents from '../../04-server-sent-events/index.ts'
import webSocket from '../../05-websocket/index.ts'
import { Feed } from '../../feed.ts'
import type { LessonServer } from '../../lesson.ts'
import { listen } from '../../start.ts'
import { inFront } from '../in-front.ts'
import { cookie, header, subprotocol, ticket } from './credentials.ts'
import { serveAfterFirstMessage } from './first-message.ts'
import { onlyWith } from './only-with.ts'
import { type Keeper, withTicketOffice } from './ticket-office.ts'
import { type Claims, verify } from './token.ts'

export interface Door {
  readonly title: string
  /** What is asked for: a token, or a ticket that a token has bought. */
  readonly takes: 'token' | 'ticket'
  serve(feed: Feed, keeper: Keeper): LessonServer
  /** What a client sends who has `secret`; nothing of it without one. */
  ask(url: URL, secret: string | undefined): Promise<string>
}

const withToken =
  ({ key, nowMs }: Keeper) =>
  (token: string): Claims =>
    verify(token, key, nowMs())

export const doors: readonly Door[] = [
  {
    title: 'cookie',
    takes: 'token',
    serve: (feed, keeper) =>
      onlyWith(serverSentEvents.serve(feed), cookie, withToken(keeper)),
    ask: (url, secret) =>
      askForEvents(url, secret && { cookie: `session=${secret}` }),
  },
  {
    title: 'ticket in the URL',
    takes: 'ticket',
    serve: (feed, keeper) =>
      withTicketOffice(
        onlyWith(serverSentEvents.serve(feed), ticket, (found) =>
          keeper.tickets.redeem(found, keeper.nowMs()),
        ),
        keeper,
      ),
    ask(url, secret) {
      const asked = new URL(url)
      if (secret) asked.searchParams.set('ticket', secret)
      return askForEvents(asked)
    },
  },
  {
    title: 'header',
    takes: 'token',
    serve: (feed, keeper) =>
      onlyWith(serverSentEvents.serve(feed), header, withToken(keeper)),
    ask: (url, secret) =>
      askForEvents(url, secret && { authorization: `Bearer ${secret}` }),
  },
  {
    title: 'subprotocol',
    takes: 'token',
    serve: (feed, keeper) =>
      onlyWith(webSocket.serve(feed), subprotocol, withToken(keeper)),
    ask: (url, secret) =>
      openWebSocket(
        new WebSocket(url, [
          'messages',
          ...(secret ? [`bearer.${secret}`] : []),
        ]),
      ),
  },
  {
    title: 'first message',
    takes: 'token',
    serve: (feed, keeper) =>
      serveAfterFirstMessage(feed, withToken(keeper), {
        patienceMs: 500,
        most: 100,
      }),
    ask: (url, secret) => openWebSocket(new WebSocket(url), secret),
  },
]

/** Lets somebody try, who then leaves. Resolves with what came of it, and with what an access log has of it. */
export async function tryDoor(
  door: Door,
  feed: Feed,
  keeper: Keeper,
  secret: string | undefined,
): Promise<{ readonly result: string; readonly log: string }> {
  let log = ''
  const server = inFront(door.serve(feed, keeper), (request) => {
    log += accessLog(request)
  })
  await using listening = await listen(server, 0, '127.0.0.1')
  const messages = new URL('/messages', listening.url)
  return { result: await door.ask(messages, secret), log }
}

/** Buys a ticket at this door, as a page does. */
export async function buyTicket(
  door: Door,
  keeper: Keeper,
  token: string,
): Promise<string> {
  const server = door.serve(new Feed(), keeper)
  await using listening = await listen(server, 0, '127.0.0.1')
  const answer = await fetch(new URL('/tickets', listening.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  })
  const { ticket } = (await answer.json()) as { ticket: string }
  return ticket
}

/** A line as nginx and Apache write it: the format "combined". */
export function accessLog({ socket, method, url, headers }: IncomingMessage) {
  const { referer = '-', 'user-agent': agent = '-' } = headers
  return `${socket.remoteAddress} - - [time] "${method} ${url} HTTP/1.1" 200 - "${referer}" "${agent}"\n`
}

/** @returns "gets in", or why not */
async function askForEvents(
  url: URL,
  headers?: Record<string, string> | '',
): Promise<string> {
  const request = http.get(url, { headers: headers || {}, agent: false })
  const [response] = await once(request, 'response')
  request.destroy()
  return response.statusCode === 200 ? 'gets in' : `${response.statusCode}`
}

/** @returns the same; a code is the one with which it was closed */
function openWebSocket(socket: WebSocket, firstMessage?: string) {
  return new Promise<string>((resolve) => {
    socket.on('open', () => firstMessage && socket.send(firstMessage))
    socket.on('message', () => {
      resolve('gets in')
      socket.terminate()
    })
    socket.on('unexpected-response', (request, { statusCode }) => {
      resolve(`${statusCode}`)
      request.destroy()
    })
    socket.on('close', (code) => resolve(`closed, ${code}`))
    socket.on('error', () => {}) // 'close' follows.
  })
}
