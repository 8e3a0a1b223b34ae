// A WebSocket server as everybody writes it first. It runs, and two tabs on this
// machine chat with each other. `npm run check 5` tells what is still wrong.

import { createServer } from 'node:http'

import { WebSocketServer } from 'ws'

import type { Feed } from '../../feed.ts'
import type { LessonServer, ServeOptions } from '../../lesson.ts'

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000 } = options
  const server = createServer()
  const webSockets = new WebSocketServer({ server })

  // Whatever is published from now on goes to everybody who is there.
  const always = new AbortController().signal
  feed.follow(feed.present, always, (message) => {
    for (const client of webSockets.clients)
      client.send(JSON.stringify(message))
    return undefined
  })

  webSockets.on('connection', (webSocket) => {
    webSocket.on('message', (data) => {
      feed.publish(data.toString())
    })
    setInterval(() => webSocket.ping(), heartbeatMs)
  })
  return server
}
