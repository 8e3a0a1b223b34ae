import { createServer } from 'node:http'

import { expect, test } from 'vitest'

import { startServer } from '../start.ts'
import lesson from './index.ts'

test('a page that comes instead of the stream is a broken connection, not the end', async () => {
  const portal = {
    ...lesson,
    serve: () =>
      createServer((_, response) => {
        response.writeHead(200, { 'content-type': 'text/html' })
        response.end('<!doctype html>\n')
      }),
  }
  await using server = await startServer(portal)
  const why = await new Promise((resolve) => {
    const subscription = lesson.subscribe(server.url, {
      signal: AbortSignal.timeout(5_000),
      onState: (state) => state.is === 'waiting' && resolve(state.why),
    })
    subscription.next().then(() => resolve('the subscription ended'))
  })
  expect(why).toBe('expected application/x-ndjson, got text/html')
})
