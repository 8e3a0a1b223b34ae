// A rolling restart: nothing is lost, whatever carries it.

import { describe, expect, test } from 'vitest'

import longPolling from '../../02-long-polling/index.ts'
import httpStreaming from '../../03-http-streaming/index.ts'
import serverSentEvents from '../../04-server-sent-events/index.ts'
import webSocket from '../../05-websocket/index.ts'
import overHttp2 from '../../08-sse-over-http2/index.ts'
import { startServer } from '../../start.ts'
import { request, soon, wireTo } from '../../testing.ts'
import { type Node, startBalancer } from './balancer.ts'
import { lastWords } from './last-words.ts'
import { roll } from './rolling.ts'

test.each([
  ['02', longPolling],
  ['03', httpStreaming],
  ['04', serverSentEvents],
  ['05', webSocket],
  ['08', overHttp2],
])(
  'loses nothing over a rolling restart: %s',
  async (_, lesson) => {
    const subscribers = 20
    const seen = await roll({
      lesson,
      subscribers,
      publishEveryMs: 5,
      drainMs: 200,
      retryMs: 20,
      pauseMs: 100,
    })
    expect(seen).toMatchObject({ lost: 0, twice: 0, gaps: 0 })
    expect(seen.published).toBeGreaterThan(2)
    expect(seen.cameBack).toBeGreaterThanOrEqual(subscribers)
    // Each node ends each at most once.
    expect(seen.cameBack).toBeLessThanOrEqual(2 * subscribers)
  },
  60_000,
)

test('a server that drains serves each until its turn', async () => {
  // Nobody waits for the second turn: it would come after ten seconds.
  const options = { drainMs: 30_000 }
  const { feed, url, server, close } = await startServer(
    serverSentEvents,
    options,
  )
  const join = async () => {
    const wire = await wireTo(url, request('GET /messages'))
    await wire.until(/event: start/)
    return wire
  }
  const first = await join()
  const others = [await join(), await join()]
  const closed = close()
  expect(server.listening).toBe(false)
  await first.until(/\r\n0\r\n\r\n$/)
  await soon(() => expect(feed.followerCount).toBe(2))
  feed.publish('still there')
  for (const wire of others) await wire.until(/still there/)
  expect(first.text).not.toContain('still there')
  for (const wire of [first, ...others]) await wire[Symbol.asyncDispose]()
  await closed
})

describe('the balancer', () => {
  test('sends nobody to a node that is not ready, and leaves who is there', async () => {
    await using one = await startServer(serverSentEvents)
    await using two = await startServer(serverSentEvents)
    const nodes: Node[] = [one, two].map(({ url }) => ({ url, isReady: true }))
    await using balancer = await startBalancer(nodes, 'http:')
    const counts = () => nodes.map((node) => balancer.count(node))
    const join = async () => {
      const wire = await wireTo(balancer.url, request('GET /messages'))
      await wire.until(/event: start/)
      return wire
    }
    const wires = [await join(), await join()]
    expect(counts()).toEqual([1, 1])
    for (const node of nodes.slice(0, 1)) node.isReady = false
    wires.push(await join(), await join())
    expect(counts()).toEqual([1, 3])
    for (const node of nodes) node.isReady = false
    await using refused = await wireTo(balancer.url)
    expect(await refused.end()).toBe('')
    for (const wire of wires) await wire[Symbol.asyncDispose]()
    await soon(() => expect(counts()).toEqual([0, 0]))
  })
})

test('the last words of a server', async () => {
  expect(await lastWords()).toEqual({
    'Long polling': 'HTTP/1.1 204 No Content\\r\\n …',
    'Server-Sent Events': '0\\r\\n\\r\\n',
    WebSocket: expect.stringMatching(
      /^88\w\w 03f4 \(1012\) The server restarts/,
    ),
    'SSE over HTTP/2': 'GOAWAY, error code 0, last stream 1',
  })
})
