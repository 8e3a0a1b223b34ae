import { getEventListeners } from 'node:events'
import { text } from 'node:stream/consumers'
import { rootCertificates } from 'node:tls'

import { afterEach, describe, expect, test, vi } from 'vitest'

import { SubscribeError } from '../lesson.ts'
import { bareServer, collect, soon, type Wire } from '../testing.ts'
import { ConnectionError } from './connection-error.ts'
import { body, open, post, reusingAgent, trust } from './http-client.ts'

afterEach(() => void vi.useRealTimers())

/** A server that answers each request with these bytes, and leaves the connection open. */
function answering(...lines: string[]) {
  return bareServer(async (wire) => {
    // Nobody, when the client has left before it asked.
    const asked = await wire.until(/\r\n\r\n/).catch(() => undefined)
    if (asked !== undefined) wire.write(lines.join('\r\n'))
  })
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('It succeeded.'),
    (error) => error,
  )
}

describe('open', () => {
  test('resolves with the head of the answer', async () => {
    await using server = await answering('HTTP/1.1 200 OK', 'etag: "x"', '', '')
    const response = await open(server.url, { agent: false })
    expect(response.statusCode).toBe(200)
    expect(response.headers.etag).toBe('"x"')
    response.destroy()
  })

  test('has no deadline for the rest of the answer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    await using server = await answering('HTTP/1.1 200 OK', '', '')
    const response = await open(server.url, { agent: false })
    expect(vi.getTimerCount()).toBe(0)
    response.destroy()
  })

  test('reports a refusal with its sentence and its wishes', async () => {
    await using server = await answering(
      'HTTP/1.1 503 Service Unavailable',
      'retry-after: 7',
      'feed-start: test-3',
      'content-length: 6',
      '',
      'Later\n',
    )
    const error = await failureOf(open(server.url, { agent: false }))
    expect(error).toBeInstanceOf(SubscribeError)
    expect(error).toMatchObject({
      message: `${server.url} answered 503: Later`,
      status: 503,
      retryAfterMs: 7_000,
      feedStart: 'test-3',
    })
  })

  test.each<[string, (wire: Wire) => void]>([
    ['closes at once', ({ socket }) => socket.destroy()],
    ['ends at once', ({ socket }) => socket.end()],
    ['is not HTTP', ({ socket }) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')],
    ['ends in its head', ({ socket }) => socket.end('HTTP/1.1 200 OK\r\n')],
    [
      'ends in a refusal',
      ({ socket }) =>
        socket.end('HTTP/1.1 400 Bad\r\ncontent-length: 9\r\n\r\nA'),
    ],
  ])('reports a server that %s as a broken connection', async (_, act) => {
    await using server = await bareServer(act)
    const error = await failureOf(open(server.url, { agent: false }))
    expect(error).toBeInstanceOf(ConnectionError)
  })

  test('guesses why TLS does not begin', async () => {
    await using server = await bareServer(({ socket }) =>
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    )
    const url = new URL(server.url)
    url.protocol = 'https:'
    const error = await failureOf(open(url, { agent: false }))
    expect(error).toEqual(
      new ConnectionError(
        'the server does not speak TLS: ask with http:// instead of https://',
      ),
    )
  })

  test('reports a port where nobody listens', async () => {
    const server = await answering()
    await server[Symbol.asyncDispose]()
    const error = await failureOf(open(server.url, { agent: false }))
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({ cause: { code: 'ECONNREFUSED' } })
  })

  test.each([
    ['at all', []],
    [
      'after the head of a refusal',
      ['HTTP/1.1 400 Bad Request', 'content-length: 9', '', ''],
    ],
  ])('gives up on a server that says nothing %s', async (_, lines) => {
    await using server = await answering(...lines)
    const error = await failureOf(
      open(server.url, { agent: false, limitMs: 20 }),
    )
    expect(error).toBeInstanceOf(ConnectionError)
  })

  test('ends when its signal aborts, and leaves no listener', async () => {
    await using server = await answering()
    const controller = new AbortController()
    const { signal } = controller
    const opening = failureOf(open(server.url, { agent: false, signal }))
    controller.abort()
    expect(await opening).toBeInstanceOf(ConnectionError)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  test('leaves no listener on the signal when all is read', async () => {
    await using server = await answering(
      'HTTP/1.1 200 OK',
      'content-length: 2',
      'connection: close',
      '',
      'ok',
    )
    const { signal } = new AbortController()
    const response = await open(server.url, { agent: false, signal })
    expect(await text(body(response, 1_000))).toBe('ok')
    await soon(() => {
      expect(getEventListeners(signal, 'abort')).toEqual([])
    })
  })
})

describe('body', () => {
  const head = ['HTTP/1.1 200 OK', 'content-length: 9', '', 'half']

  test('breaks when nothing comes for two heartbeats', async () => {
    await using server = await answering(...head)
    const response = await open(server.url, { agent: false })
    const error = await failureOf(collect(body(response, 10)))
    expect(error).toEqual(new ConnectionError('nothing came for 20 ms'))
    expect(response.destroyed).toBe(true)
  })

  test('breaks when the answer is cut', async () => {
    await using server = await bareServer(({ socket }) =>
      socket.end(head.join('\r\n')),
    )
    const response = await open(server.url, { agent: false })
    const error = await failureOf(collect(body(response, 1_000)))
    expect(error).toBeInstanceOf(ConnectionError)
  })

  test('lets go of the connection when its reader stops', async () => {
    await using server = await answering(...head)
    const response = await open(server.url, { agent: false })
    for await (const _ of body(response, 1_000)) break
    expect(response.destroyed).toBe(true)
  })
})

test('post sends the data as UTF-8 text', async () => {
  let sent: Promise<string> | undefined
  await using server = await bareServer(async (wire) => {
    sent = wire.until(/€$/)
    await sent
    wire.write('HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n')
  })
  await post(server.url, '\uFEFFü\n€', {})
  expect((await sent)?.split('\r\n')).toEqual(
    expect.arrayContaining([
      'POST /messages HTTP/1.1',
      'content-type: text/plain; charset=utf-8',
      'Content-Length: 9',
      '\uFEFFü\n€',
    ]),
  )
})

test('a certificate is trusted besides the well-known ones, which are read once', () => {
  expect(trust(undefined)).toEqual({})
  const [one = '', other = ''] = rootCertificates
  const { secureContext } = trust(one)
  expect(trust(one).secureContext).toBe(secureContext)
  expect(trust(other).secureContext).not.toBe(secureContext)
})

test('an agent keeps the connection for the next request', async () => {
  let connections = 0
  await using server = await bareServer(async (wire) => {
    connections++
    for (const requests of [1, 2]) {
      await wire.until(new RegExp(`(GET .*){${requests}}\r\n\r\n$`, 's'))
      wire.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok')
    }
  })
  const agent = reusingAgent(server.url)
  for (const _ of [1, 2]) {
    const response = await open(server.url, { agent })
    expect(await text(body(response, 1_000))).toBe('ok')
  }
  agent.destroy()
  expect(connections).toBe(1)
})
