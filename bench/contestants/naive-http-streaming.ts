// The loop that everybody writes first, for JSON lines: no cursor, no resume, no
// heartbeat, and a client that does not read fills the memory.

import { createServer, type Server, type ServerResponse } from 'node:http'

import { encodeLine } from '../../lessons/03-http-streaming/json-lines.ts'
import type { Feed } from '../../lessons/feed.ts'

export function serve(feed: Feed): Server {
  const clients = new Set<ServerResponse>()
  feed.follow(feed.present, new AbortController().signal, (message) => {
    const line = encodeLine(message)
    for (const client of clients) client.write(line)
    return undefined
  })
  return createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    response.flushHeaders()
    clients.add(response)
    response.on('close', () => clients.delete(response))
  })
}
