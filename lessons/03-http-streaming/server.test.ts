import { afterEach, expect, test, vi } from 'vitest'

import { Feed } from '../feed.ts'
import { type StartOptions, startServer } from '../start.ts'
import { parts, request, unchunked, wireTo } from '../testing.ts'
import lesson from './index.ts'

afterEach(() => void vi.useRealTimers())

/** A server whose feed `test` has published `data`, and one connection to it. */
async function start(data: string[], ask: string, options: StartOptions = {}) {
  const feed = new Feed({ name: 'test' })
  for (const each of data) feed.publish(each)
  const server = await startServer(lesson, { ...options, feed })
  const wire = await wireTo(server.url, ask)
  return {
    feed,
    wire,
    close: server.close,
    async [Symbol.asyncDispose]() {
      await wire[Symbol.asyncDispose]()
      await server.close()
    },
  }
}

test('the answer is a stream of lines, and the first has no data', async () => {
  await using rig = await start(['a'], request('GET /messages'))
  const { status, headers, body } = parts(await rig.wire.until(/"}\n\r\n/))
  expect(status).toBe('HTTP/1.1 200 OK')
  const others = /^(date|connection|keep-alive|x-content-type-options):/i
  expect(headers.filter((header) => !others.test(header))).toEqual([
    'content-type: application/x-ndjson',
    'cache-control: no-store',
    'x-accel-buffering: no',
    'Transfer-Encoding: chunked',
  ])
  expect(unchunked(body)).toBe('{"id":"test-1"}\n')
})

test('each message is a line, those published before come first', async () => {
  const ask = request('GET /messages?after=test-1')
  await using rig = await start(['a', 'b'], ask)
  await rig.wire.until(/"data":"b"}\n/)
  rig.feed.publish('ü\n')
  const { body } = parts(await rig.wire.until(/ü\\n"}\n\r\n/))
  expect(unchunked(body)).toBe(
    '{"id":"test-1"}\n{"id":"test-2","data":"b"}\n{"id":"test-3","data":"ü\\n"}\n',
  )
})

test('an idle stream carries an empty line every heartbeat', async () => {
  const ask = request('GET /messages')
  await using rig = await start([], ask, { heartbeatMs: 20 })
  await rig.wire.until(/"}\n\r\n1\r\n\n\r\n1\r\n\n\r\n/)
})

test('the stream ends as it should when the server closes', async () => {
  await using rig = await start([], request('GET /messages'))
  await rig.wire.until(/"}\n/)
  // It is not the time limit for slow clients that ends the connection.
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  const closed = rig.close()
  expect(await rig.wire.end()).toMatch(/\r\n0\r\n\r\n$/)
  rig.wire.socket.end()
  await closed
})
