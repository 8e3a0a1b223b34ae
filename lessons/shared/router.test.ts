import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import { Feed } from '../feed.ts'
import type { Lesson, ServeOptions } from '../lesson.ts'
import { startServer } from '../start.ts'
import { answerTo, request, wireTo } from '../testing.ts'
import { httpServer } from './http-server.ts'
import { Refusal } from './refusal.ts'
import { afterOf, publishRoute, type Routes } from './router.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'router-test-'))
  await mkdir(join(folder, 'lesson'))
  await writeFile(join(folder, 'lesson', 'page.html'), '<p>ü</p>')
})
afterAll(() => rm(folder, { recursive: true }))

const routes: Routes = {
  'GET /messages'(_, response) {
    response.end('all')
  },
  'GET /messages/*'({ url }, response) {
    response.end(`one: ${url}`)
  },
  'GET /after'(request, response) {
    response.end(JSON.stringify(afterOf(request)))
  },
  'GET /refused'() {
    throw new Refusal(418, 'I am a teapot.', { 'x-brew': 'tea' })
  },
  'GET /broken'() {
    throw new Error('a mistake of ours')
  },
  async 'GET /late'(_, response) {
    response.write('the first half')
    await null
    throw new Error('a mistake of ours')
  },
}

async function start(options: ServeOptions & { feed?: Feed } = {}) {
  const log = vi.fn<(line: string) => void>()
  const base = pathToFileURL(join(folder, 'lesson', 'server.ts')).href
  const lesson: Omit<Lesson, 'capabilities'> = {
    title: 'Test',
    serve: (feed, options = {}) =>
      httpServer(base, options, { ...publishRoute(feed, options), ...routes }),
    subscribe: () => expect.fail('nobody subscribes here'),
  }
  const started = await startServer(lesson, { log, ...options })
  const ask = (line: string, ...headers: string[]) =>
    answerTo(started.url, request(line, 'connection: close', ...headers))
  return { ...started, log, ask }
}

function post(data: string | Uint8Array): Buffer {
  const length = `content-length: ${Buffer.byteLength(data)}`
  const head = request('POST /messages', 'connection: close', length)
  return Buffer.concat([Buffer.from(head), Buffer.from(data)])
}

describe('a path', () => {
  test.each([
    ['/messages', 'all'],
    ['/messages?after=x', 'all'],
    ['/messages/7', 'one: /messages/7'],
    ['/after', 'null'],
    ['/after?after=k3f9-1&x=y', '"k3f9-1"'],
    ['/after?after=', '""'],
  ])('%s is answered by its handler', async (path, answer) => {
    await using server = await start()
    const { status, body } = await server.ask(`GET ${path}`)
    expect([status, body]).toEqual(['HTTP/1.1 200 OK', answer])
  })

  test.each(['/nowhere', '/messages/7/8', '//', '*', '/constructor'])(
    '%s is nowhere: 404',
    async (path) => {
      await using server = await start()
      const { status, headers, body } = await server.ask(`GET ${path}`)
      expect(status).toBe('HTTP/1.1 404 Not Found')
      expect(headers).toContain('content-type: text/plain; charset=utf-8')
      expect(body).toBe(
        `There is no ${path} here, only the page at / and the messages at /messages.\n`,
      )
    },
  )

  test.each([
    ['DELETE', '/messages', 'POST, GET'],
    ['POST', '/messages/7', 'GET'],
    ['PUT', '/', 'GET, HEAD'],
  ])('does not take %s %s: 405', async (method, path, allow) => {
    await using server = await start()
    const { status, headers, body } = await server.ask(`${method} ${path}`)
    expect(status).toBe('HTTP/1.1 405 Method Not Allowed')
    expect(headers).toContain(`allow: ${allow}`)
    expect(body).toBe(`${path} takes ${allow}, got ${method}.\n`)
  })
})

describe('the page', () => {
  test('is at /, never older than its file', async () => {
    await using server = await start()
    const { status, headers, body } = await server.ask('GET /')
    expect(status).toBe('HTTP/1.1 200 OK')
    expect(headers).toContain('content-type: text/html; charset=utf-8')
    expect(headers).toContain('cache-control: no-cache')
    expect(headers).toContain('x-content-type-options: nosniff')
    expect(body).toContain('<p>ü</p>')
  })

  test('has a head without a body', async () => {
    await using server = await start()
    const { status, headers, body } = await server.ask('HEAD /')
    expect(status).toBe('HTTP/1.1 200 OK')
    expect(headers).toContain('content-type: text/html; charset=utf-8')
    expect(body).toBe('')
  })
})

describe('a handler', () => {
  test('refuses with a status, a sentence and headers', async () => {
    await using server = await start()
    const { status, headers, body } = await server.ask('GET /refused')
    expect(status).toBe("HTTP/1.1 418 I'm a Teapot")
    expect(headers).toContain('x-brew: tea')
    expect(body).toBe('I am a teapot.\n')
    expect(server.log).not.toHaveBeenCalled()
  })

  test('that fails tells the log, and the client no more than that', async () => {
    await using server = await start()
    const { status, body } = await server.ask('GET /broken')
    expect(status).toBe('HTTP/1.1 500 Internal Server Error')
    expect(body).toBe('The server failed; its log says why.\n')
    expect(server.log.mock.calls[0]?.[0]).toMatch(
      /^Error: a mistake of ours\n +at GET \/broken/,
    )
  })

  test('that fails within its answer breaks the connection', async () => {
    await using server = await start()
    const { body } = await server.ask('GET /late')
    expect(body).not.toMatch(/0\r\n\r\n$/)
    expect(server.log).toHaveBeenCalledTimes(1)
    expect((await server.ask('GET /messages')).body).toBe('all')
  })
})

describe('a page of', () => {
  test('this machine may read the answer', async () => {
    await using server = await start()
    const origin = 'http://localhost:5170'
    const { headers } = await server.ask('GET /messages', `origin: ${origin}`)
    expect(headers).toContain(`access-control-allow-origin: ${origin}`)
  })

  test('another site is refused, and may not read why', async () => {
    await using server = await start()
    const origin = 'origin: http://evil.example'
    const { status, headers } = await server.ask('POST /messages', origin)
    expect(status).toBe('HTTP/1.1 403 Forbidden')
    expect(headers.join()).not.toContain('access-control')
    expect(server.feed.present).toMatch(/-0$/)
  })
})

describe('POST /messages', () => {
  test('publishes the body, and answers its id', async () => {
    await using server = await start({ feed: new Feed({ name: 'test' }) })
    const { status, headers, body } = await answerTo(server.url, post('ü\n'))
    expect(status).toBe('HTTP/1.1 201 Created')
    expect(headers).toContain('content-type: application/json')
    expect(body).toContain('{"id":"test-1"}\n')
    expect(server.feed.find('test-1')?.data).toBe('ü\n')
  })

  test.each([
    ['a server that takes so much', { maxMessageBytes: 3 }],
    ['a feed that holds so much', { feed: new Feed({ maxBytes: 3 }) }],
  ])('refuses one byte more with 413: %s', async (_, options) => {
    await using server = await start(options)
    const refused = await answerTo(server.url, post('1234'))
    expect(refused.status).toMatch(/^HTTP\/1\.1 413 /)
    expect(refused.body).toMatch(/at most 3 bytes long/)
    expect(server.log).not.toHaveBeenCalled()
    const { status } = await answerTo(server.url, post('123'))
    expect(status).toBe('HTTP/1.1 201 Created')
  })

  test('refuses what is not UTF-8 with 400', async () => {
    await using server = await start()
    const bytes = Uint8Array.of(0x61, 0xff)
    const { status, body } = await answerTo(server.url, post(bytes))
    expect(status).toBe('HTTP/1.1 400 Bad Request')
    expect(body).toBe('A message must be UTF-8 text, got other bytes.\n')
  })

  test('publishes nothing of a body that breaks off', async () => {
    await using server = await start()
    const head = request('POST /messages', 'content-length: 9')
    await using wire = await wireTo(server.url, `${head}half`)
    wire.socket.end()
    await wire.end()
    expect(server.feed.present).toMatch(/-0$/)
  })
})
