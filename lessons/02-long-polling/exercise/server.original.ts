// Long polling as everybody writes it first: who asks waits in a list, and the
// next message answers all who are in it. It runs, as long as nobody is in a
// hurry. `npm run check 2` tells what is still wrong.

import { createServer, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

import type { Feed } from '../../feed.ts'
import type { LessonServer, ServeOptions } from '../../lesson.ts'

export function serve(feed: Feed, _: ServeOptions = {}): LessonServer {
  const waiting: ServerResponse[] = []

  const always = new AbortController().signal
  feed.follow(feed.present, always, (message) => {
    for (const response of waiting.splice(0)) {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify([message]))
    }
    return undefined
  })

  return createServer(async (request, response) => {
    response.setHeader('access-control-allow-origin', '*')
    if (request.method === 'POST') {
      const { id } = await feed.publish(await text(request))
      response.writeHead(201).end(JSON.stringify({ id }))
      return
    }
    waiting.push(response)
  })
}
