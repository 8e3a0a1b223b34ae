// HTTP streaming as everybody writes it first: an answer that never ends, and a
// chunk of it for each message. It runs, and `curl -N` on this machine shows
// every one. `npm run check 3` tells what is still wrong.

import { createServer, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

import type { Feed } from '../../feed.ts'
import type { LessonServer, ServeOptions } from '../../lesson.ts'

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000 } = options
  const clients = new Set<ServerResponse>()

  // Whatever is published from now on goes to everybody who is there.
  const always = new AbortController().signal
  feed.follow(feed.present, always, (message) => {
    for (const client of clients) client.write(JSON.stringify(message))
    return undefined
  })

  return createServer(async (request, response) => {
    response.setHeader('access-control-allow-origin', '*')
    if (request.method === 'POST') {
      const { id } = await feed.publish(await text(request))
      response.writeHead(201).end(JSON.stringify({ id }))
      return
    }
    response.writeHead(200, { 'content-type': 'application/json' })
    response.flushHeaders()
    clients.add(response)
    setInterval(() => response.write(' '), heartbeatMs)
  })
}
