import { describe, expect, test } from 'vitest'

import { Feed } from '../feed.ts'
import { type StartOptions, startServer } from '../start.ts'
import { answerTo, parts, request, wireTo } from '../testing.ts'
import lesson from './index.ts'
import { encodeMessages } from './poll.ts'

/** A server whose feed `test` has published `data`. */
async function start(data: string[], options: StartOptions = {}) {
  const { feed = new Feed({ name: 'test' }) } = options
  for (const each of data) feed.publish(each)
  const started = await startServer(lesson, { ...options, feed })
  const ask = (path: string, ...headers: string[]) =>
    answerTo(
      started.url,
      request(`GET ${path}`, 'connection: close', ...headers),
    )
  return { ...started, ask }
}

/** What an answer says, without what every answer of Node says. */
function said(headers: string[]): string[] {
  const everyOnes = /^(date|connection|keep-alive|x-content-type-options):/i
  return headers.filter((header) => !everyOnes.test(header))
}

describe('the bytes of an answer:', () => {
  test('the first poll gets a cursor, and no messages', async () => {
    await using server = await start(['a', 'b'])
    const { status, headers, body } = await server.ask('/messages')
    expect(status).toBe('HTTP/1.1 200 OK')
    expect(said(headers)).toEqual([
      'cache-control: no-store',
      'etag: "test-2"',
      'content-type: application/json',
      'Content-Length: 3',
    ])
    expect(body).toBe('[]\n')
  })

  const afterOne: [name: string, path: string, headers: string[]][] = [
    ['If-None-Match', '/messages', ['if-none-match: "test-1"']],
    ['a weak If-None-Match', '/messages', ['if-none-match: W/"test-1"']],
    ['?after=', '/messages?after=test-1', []],
    [
      'If-None-Match before ?after=',
      '/messages?after=test-2',
      ['if-none-match: "test-1"'],
    ],
  ]
  test.each(afterOne)('messages after %s', async (_, path, headers) => {
    await using server = await start(['a', 'b', 'ü\n'])
    const answer = await server.ask(path, ...headers)
    expect(answer.status).toBe('HTTP/1.1 200 OK')
    expect(said(answer.headers)).toEqual([
      'cache-control: no-store',
      'etag: "test-3"',
      'content-type: application/json',
      'Content-Length: 60',
    ])
    expect(answer.body).toBe(
      '[{"id":"test-2","data":"b"},\n{"id":"test-3","data":"ü\\n"}]\n',
    )
  })

  test.each([
    [
      'If-None-Match',
      '/messages',
      ['if-none-match: "test-1"'],
      '304 Not Modified',
    ],
    [
      'a weak one',
      '/messages',
      ['if-none-match: W/"test-1"'],
      '304 Not Modified',
    ],
    ['?after=', '/messages?after=test-1', [], '204 No Content'],
  ])(
    'nothing new after %s is said without a body',
    async (_, path, asked, status) => {
      await using server = await start(['a'])
      const answer = await server.ask(path, ...asked)
      expect(answer.status).toBe(`HTTP/1.1 ${status}`)
      expect(said(answer.headers)).toEqual([
        'cache-control: no-store',
        'etag: "test-1"',
      ])
      expect(answer.body).toBe('')
    },
  )

  test('an idle poll costs less than 250 bytes, headers and all', async () => {
    await using server = await start(['a'])
    const ask = request('GET /messages', 'if-none-match: "test-1"')
    await using wire = await wireTo(server.url, ask)
    const answer = await wire.until(/\r\n\r\n/)
    expect(answer.length).toBeLessThan(250)
    // The connection stays, and what comes next is the next answer.
    wire.write(ask)
    const both = await wire.until(/\r\n\r\n.*\r\n\r\n/s)
    expect(parts(both.slice(answer.length)).status).toBe(
      'HTTP/1.1 304 Not Modified',
    )
  })
})

describe('an answer is bounded:', () => {
  test('the rest is at the link to the next', async () => {
    const large = 'x'.repeat(700_000)
    await using server = await start(['a', large, large, 'b'])
    const first = await server.ask('/messages?after=test-0')
    expect(first.headers).toContain('etag: "test-2"')
    expect(first.headers).toContain(
      'link: </messages?after=test-2>; rel="next"',
    )
    expect(first.body).toBe(encodeMessages(server.feed.read('test-0')))
    expect(JSON.parse(first.body)).toHaveLength(2)

    const last = await server.ask('/messages?after=test-2')
    expect(JSON.parse(last.body)).toHaveLength(2)
    expect(last.headers).toContain('etag: "test-4"')
    expect(last.headers.join()).not.toContain('link')
  })
})

describe('a cursor', () => {
  test('that the history has outlived gets all that is kept', async () => {
    const feed = new Feed({ name: 'test', maxMessages: 1 })
    await using server = await start(['a', 'b', 'c'], { feed })
    const { body } = await server.ask('/messages', 'if-none-match: "test-1"')
    expect(body).toBe('[{"id":"test-3","data":"c"}]\n')
  })

  test('of another feed is refused, with the place to start', async () => {
    await using server = await start(['a'])
    for (const { status, headers } of [
      await server.ask('/messages', 'if-none-match: "gone-1"'),
      await server.ask('/messages?after=test-2'),
    ]) {
      expect(status).toBe('HTTP/1.1 400 Bad Request')
      expect(headers).toContain('feed-start: test-0')
    }
  })

  test.each(['*', '"test-1", "test-2"', 'test-1', '"yesterday"', '""'])(
    'is not what If-None-Match: %s holds',
    async (etag) => {
      await using server = await start(['a'])
      const { status, body } = await server.ask(
        '/messages',
        `if-none-match: ${etag}`,
      )
      expect(status).toBe('HTTP/1.1 400 Bad Request')
      expect(body).toMatch(/cursor.*, got .*\.\n$/)
    },
  )
})
