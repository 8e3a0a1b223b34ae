import { describe, expect, test } from 'vitest'

import { SubscribeError } from '../lesson.ts'
import { bareServer, type Wire } from '../testing.ts'
import { subscribe } from './client.ts'

const streamHead = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n'

/** A server that answers its nth connection with the nth of these, and the requests that it got. */
async function answering(...answers: string[]) {
  const requests: string[] = []
  const server = await bareServer(async (wire: Wire) => {
    requests.push(await wire.until(/\r\n\r\n$/))
    wire.socket.end(answers.shift() ?? '')
  })
  return { ...server, requests }
}

test('it asks for an event stream, first without an id', async () => {
  await using server = await answering(`${streamHead}id: test-1\ndata: a\n\n`)
  for await (const message of subscribe(server.url)) {
    expect(message).toEqual({ id: 'test-1', data: 'a' })
    break
  }
  expect(server.requests[0]).toMatch(/^GET \/messages HTTP\/1\.1\r\n/)
  expect(server.requests[0]).toMatch(/\r\naccept: text\/event-stream\r\n/i)
  expect(server.requests[0]).not.toMatch(/last-event-id/i)
})

test('it reconnects with the last id, also of an event without data', async () => {
  await using server = await answering(
    `${streamHead}retry: 1\nid: test-3\n\n`,
    `${streamHead}id: test-4\ndata: a\n\nid: test-5\ndata: b`,
    `${streamHead}id: test-5\ndata: b\n\n`,
  )
  const data: string[] = []
  for await (const message of subscribe(server.url, { retryMs: 1 })) {
    data.push(message.data)
    if (data.length === 2) break
  }
  expect(data).toEqual(['a', 'b'])
  const ids = server.requests.map(
    (request) => /last-event-id: (.*)\r/i.exec(request)?.[1],
  )
  expect(ids).toEqual([undefined, 'test-3', 'test-4'])
})

test('it skips events of other types, and comments', async () => {
  await using server = await answering(
    `${streamHead}: hello\n\nevent: ping\nid: test-0\ndata: no\n\nevent: message\nid: test-1\ndata: a\n\nevent:\nid: test-2\ndata: b\n\n`,
  )
  const data: string[] = []
  for await (const message of subscribe(server.url)) {
    data.push(message.data)
    if (data.length === 2) break
  }
  expect(data).toEqual(['a', 'b'])
})

describe('it gives up on', () => {
  test.each([
    [
      'another type',
      'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<p>',
      '200 with text/html',
    ],
    ['no type', 'HTTP/1.1 200 OK\r\n\r\n', '200 with no content-type'],
    ['204', 'HTTP/1.1 204 No Content\r\n\r\n', '204 with no content-type'],
  ])('%s', async (_, answer, got) => {
    await using server = await answering(answer)
    const error = await subscribe(server.url)
      .next()
      .catch((error) => error)
    expect(error).toBeInstanceOf(SubscribeError)
    expect(error.message).toBe(
      `${server.url} must answer 200 with text/event-stream, got ${got}.`,
    )
  })
})
