// The loop that everybody writes first, for WebSocket: no cursor, no resume, no
// ping, and a client that does not read fills the memory. It does have a way
// back: that is one line, and the reason why people take a WebSocket.

import { on } from 'node:events'
import { createServer, type Server } from 'node:http'

import { type RawData, WebSocket, WebSocketServer } from 'ws'

import {
  decodeFrame,
  encodeMessage,
  webSocketUrl,
} from '../../lessons/05-websocket/frames.ts'
import { opened } from '../../lessons/05-websocket/opened.ts'
import { WayBack } from '../../lessons/05-websocket/way-back.ts'
import type { Feed } from '../../lessons/feed.ts'
import type { SubscribeOptions, Subscription } from '../../lessons/lesson.ts'
import { endOnClose } from '../../lessons/shared/closing.ts'
import { brokenBy } from '../../lessons/shared/connection-error.ts'
import { type Arrival, resuming } from '../../lessons/shared/resuming.ts'
import type { Contestant } from '../contestant.ts'
import { lacks } from './naive/lacks.ts'

function serve(feed: Feed): Server {
  const closed = new AbortController()
  const server = createServer()
  const webSockets = new WebSocketServer({ server, perMessageDeflate: false })
  webSockets.on('connection', (client) => {
    client.on('message', (data) => feed.publish(data.toString()))
  })
  feed.follow(feed.present, closed.signal, (message) => {
    const text = encodeMessage(message)
    for (const client of webSockets.clients) client.send(text)
    return undefined
  })
  endOnClose(server, () => {
    closed.abort()
    for (const client of webSockets.clients) client.terminate()
  })
  return server
}

function subscribe(url: URL, options: SubscribeOptions = {}): Subscription {
  const { signal } = options
  const wayBack = new WayBack<WebSocket>()

  async function* connect(): AsyncGenerator<Arrival> {
    const webSocket = new WebSocket(webSocketUrl(url, undefined), {
      perMessageDeflate: false,
    })
    webSocket.on('error', () => {}) // `opened`, or the loop, reports it.
    const events = on(webSocket, 'message', { close: ['close'], signal })
    const frames = events as unknown as AsyncIterable<[RawData]>
    try {
      await opened(url, webSocket)
      wayBack.open(webSocket)
      yield {} // The server greets nobody: that it answers must do.
      for await (const [frame] of brokenBy(frames))
        yield decodeFrame(frame.toString())
    } finally {
      webSocket.close()
    }
  }

  async function publish(data: string): Promise<void> {
    const webSocket = await wayBack.ready()
    webSocket.send(data)
  }

  return resuming(connect, publish, options)
}

export default {
  title: 'Naive WebSocket',
  transport: 'WebSocket',
  implementation: 'ws 8.23.0',
  kind: 'naive',
  serve,
  subscribe,
  lacks: { resume: lacks.resume, tls: lacks.tls },
} satisfies Contestant
