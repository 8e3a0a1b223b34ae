import { describe, expect, test } from 'vitest'

import { SubscribeError } from '../lesson.ts'
import { bareServer, collect } from '../testing.ts'
import { ConnectionError } from './connection-error.ts'
import { askWhy, chunks, fetchOpen, post, text } from './fetch-client.ts'

// Node has the `fetch` of browsers. In browsers, the pages of the lessons test
// the rest.

/** A server that answers each request with these lines, and leaves the connection open. */
function answering(...lines: string[]) {
  return bareServer(async (wire) => {
    await wire.until(/\r\n\r\n/)
    wire.write(lines.join('\r\n'))
  })
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('It succeeded.'),
    (error) => error,
  )
}

const nothingMore = ['HTTP/1.1 200 OK', 'content-length: 9', '', 'half']

describe('fetchOpen', () => {
  test('reports a refusal with its sentence and its wishes', async () => {
    await using server = await answering(
      'HTTP/1.1 400 Bad Request',
      'feed-start: test-3',
      'content-length: 5',
      '',
      'Gone\n',
    )
    const error = await failureOf(fetchOpen(server.url))
    expect(error).toBeInstanceOf(SubscribeError)
    expect(error).toMatchObject({
      message: `${server.url} answered 400: Gone`,
      status: 400,
      feedStart: 'test-3',
    })
  })

  // In Node 20, `fetch` itself would wait for ever when a server closes at once.
  test('reports a server that closes as a broken connection', async () => {
    await using server = await bareServer(({ socket }) => socket.destroy())
    const error = await failureOf(fetchOpen(server.url, {}, 500))
    expect(error).toBeInstanceOf(ConnectionError)
  })

  test.each([
    ['at all', []],
    ['after the head of a refusal', ['HTTP/1.1 400 Bad', '', '']],
  ])('gives up on a server that says nothing %s', async (_, lines) => {
    await using server = await answering(...lines)
    const error = await failureOf(fetchOpen(server.url, {}, 50))
    expect(error).toEqual(new ConnectionError('nothing came for 50 ms'))
  })

  test('ends when its signal aborts', async () => {
    await using server = await answering()
    const controller = new AbortController()
    const { signal } = controller
    const opening = failureOf(fetchOpen(server.url, { signal }))
    controller.abort()
    expect(await opening).toMatchObject({ name: 'AbortError' })
  })
})

describe('the body', () => {
  test('comes as chunks and as text, with a byte order mark', async () => {
    await using server = await answering(
      'HTTP/1.1 200 OK',
      'content-length: 8',
      '',
      '\uFEFFü€',
    )
    const [one, two] = [fetchOpen(server.url), fetchOpen(server.url)]
    expect(await text(await one, 1_000)).toBe('\uFEFFü€')
    const bytes = Buffer.concat(await collect(chunks(await two, 1_000)))
    expect(bytes.toString()).toBe('\uFEFFü€')
  })

  test('breaks when nothing comes for two heartbeats', async () => {
    await using server = await answering(...nothingMore)
    const response = await fetchOpen(server.url)
    const error = await failureOf(text(response, 10))
    expect(error).toEqual(new ConnectionError('nothing came for 20 ms'))
  })

  test('breaks when the connection is cut', async () => {
    await using server = await bareServer(async (wire) => {
      await wire.until(/\r\n\r\n/)
      wire.socket.end(nothingMore.join('\r\n'))
    })
    const error = await failureOf(text(await fetchOpen(server.url), 1_000))
    expect(error).toBeInstanceOf(ConnectionError)
  })

  test('lets go of the connection when its reader stops', async () => {
    let closed: Promise<string> | undefined
    await using server = await bareServer(async (wire) => {
      await wire.until(/\r\n\r\n/)
      wire.write(nothingMore.join('\r\n'))
      closed = wire.end()
    })
    const response = await fetchOpen(server.url)
    for await (const _ of chunks(response, 1_000)) break
    await closed
  })
})

test('post sends the data as it is', async () => {
  let sent: Promise<string> | undefined
  await using server = await bareServer(async (wire) => {
    sent = wire.until(/€$/)
    await sent
    wire.write('HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n')
  })
  await post(server.url, '\uFEFFü\n€', {})
  expect(await sent).toMatch(/^POST \/messages .*\r\n\r\n\uFEFFü\n€$/s)
})

describe('askWhy', () => {
  test('brings the refusal that EventSource and WebSocket hide', async () => {
    await using server = await answering(
      'HTTP/1.1 404 Not Found',
      'content-length: 5',
      '',
      'None\n',
    )
    expect(await askWhy(server.url)).toMatchObject({
      name: 'SubscribeError',
      status: 404,
    })
  })

  test('says that the connection broke when nothing is refused', async () => {
    await using server = await answering(...nothingMore)
    expect(await askWhy(server.url)).toEqual(
      new ConnectionError('the browser lost the connection'),
    )
  })
})
