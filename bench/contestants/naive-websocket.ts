// The loop that everybody writes first, for WebSocket: no cursor, no resume, no
// ping, and a client that does not read fills the memory.

import { createServer, type Server } from 'node:http'

import { WebSocketServer } from 'ws'

import { encodeMessage } from '../../lessons/05-websocket/frames.ts'
import type { Feed } from '../../lessons/feed.ts'

export function serve(feed: Feed): Server {
  const server = createServer()
  const webSockets = new WebSocketServer({ server, perMessageDeflate: false })
  feed.follow(feed.present, new AbortController().signal, (message) => {
    const text = encodeMessage(message)
    for (const client of webSockets.clients) client.send(text)
    return undefined
  })
  return server
}
