// The loop that everybody writes first, for Server-Sent Events: no resume, no
// heartbeat, and a client that does not read fills the memory.

import { createServer, type Server, type ServerResponse } from 'node:http'

import { encodeEvent } from '../../lessons/04-server-sent-events/event-stream.ts'
import type { Feed } from '../../lessons/feed.ts'

export function serve(feed: Feed): Server {
  const clients = new Set<ServerResponse>()
  feed.follow(feed.present, new AbortController().signal, (message) => {
    const event = encodeEvent(message)
    for (const client of clients) client.write(event)
    return undefined
  })
  return createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.flushHeaders()
    clients.add(response)
    response.on('close', () => clients.delete(response))
  })
}
