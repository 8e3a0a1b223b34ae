// Server-Sent Events by the package better-sse, the way its README does it: a
// session for each client, a channel for all.

import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'
import { text } from 'node:stream/consumers'

import { createChannel, createSession } from 'better-sse'

import { subscribe as subscribeToEvents } from '../../lessons/04-server-sent-events/client.ts'
import type { Feed, Message } from '../../lessons/feed.ts'
import type {
  LessonServer,
  ServeOptions,
  SubscribeOptions,
  Subscription,
} from '../../lessons/lesson.ts'
import { endOnClose } from '../../lessons/shared/closing.ts'
import type { Contestant } from '../contestant.ts'

function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  // Its own defaults are 10 s and 2 s: like is to be compared with like.
  const { heartbeatMs: keepAlive = 15_000, retryMs: retry = 1_000 } = options
  const closed = new AbortController()
  const channel = createChannel()

  async function answer(request: IncomingMessage, response: ServerResponse) {
    if (request.method === 'POST') {
      const { id } = await feed.publish(await text(request))
      response.writeHead(201).end(JSON.stringify({ id }))
    } else
      channel.register(
        await createSession(request, response, { keepAlive, retry }),
      )
  }

  feed.follow(feed.present, closed.signal, ({ id: eventId, data }) => {
    channel.broadcast(data, 'message', { eventId })
    return undefined
  })
  const server = options.certificate
    ? https.createServer(options.certificate)
    : http.createServer()
  server.on('request', (request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  endOnClose(server, () => {
    closed.abort()
    server.closeAllConnections()
  })
  return server
}

function subscribe(url: URL, options?: SubscribeOptions): Subscription {
  const events = subscribeToEvents(url, options)
  return Object.assign(parsed(events), { publish: events.publish })
}

/** The package writes data as JSON, and its README has pages parse it. */
async function* parsed(
  events: Subscription,
): AsyncGenerator<Message, void, undefined> {
  for await (const { id, data } of events) yield { id, data: JSON.parse(data) }
}

export default {
  title: 'better-sse',
  transport: 'Server-Sent Events',
  implementation: 'better-sse 0.16.1',
  kind: 'library',
  serve,
  subscribe,
  lacks: {
    resume:
      'The package tells which event a client has seen last, and keeps none: the application would have to.',
  },
} satisfies Contestant
