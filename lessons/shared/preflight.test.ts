import http2 from 'node:http2'

import { describe, expect, test } from 'vitest'
import WebSocket from 'ws'

import { makeCertificate } from '../certificate.ts'
import { loadLessons } from '../index.ts'
import { startServer } from '../start.ts'
import { answerTo, event, request } from '../testing.ts'
import { isPreflight, preflightHeaders } from './preflight.ts'

type Headers = http2.IncomingHttpHeaders

const allowed = 'https://workbook.example'
const foreign = 'https://evil.example'
const origins = [allowed]
const lessons = await loadLessons()
const able = lessons.filter(({ missing }) => missing?.() === undefined)
const plain = able.filter(({ secure }) => !secure)
const secure = able.filter(({ secure }) => secure)

function preflight(origin: string, ...headers: string[]): string {
  return request(
    'OPTIONS /messages',
    'connection: close',
    `origin: ${origin}`,
    'access-control-request-method: GET',
    ...headers,
  )
}

describe('a question before the question', () => {
  test('is an OPTIONS that names a method', () => {
    const headers = { 'access-control-request-method': 'POST' }
    expect(isPreflight('OPTIONS', headers)).toBe(true)
    expect(isPreflight('OPTIONS', {})).toBe(false)
    expect(isPreflight('POST', headers)).toBe(false)
  })

  test('is answered with what the path takes', () => {
    expect(preflightHeaders({}, 'GET, POST')).toEqual({
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers':
        'content-type, if-none-match, last-event-id',
    })
  })

  test.each(['private', 'local'])('for the %s network as well', (network) => {
    const name = `access-control-request-${network}-network`
    expect(preflightHeaders({ [name]: 'true' }, 'GET')).toMatchObject({
      'access-control-allow-private-network': 'true',
      'access-control-allow-local-network': 'true',
    })
    expect(preflightHeaders({ [name]: 'false' }, 'GET')).not.toHaveProperty(
      'access-control-allow-private-network',
    )
  })
})

describe.each(plain)('the server of lesson $number', (lesson) => {
  const ask = async (bytes: string) => {
    await using server = await startServer(lesson, { origins })
    return await answerTo(server.url, bytes)
  }

  test('lets in an origin that it was told about', async () => {
    const network = 'access-control-request-private-network: true'
    const { status, headers } = await ask(preflight(allowed, network))
    expect(status).toBe('HTTP/1.1 204 No Content')
    expect(headers).toContain(`access-control-allow-origin: ${allowed}`)
    expect(headers).toContain('access-control-allow-private-network: true')
    expect(headers.join('\n')).toMatch(/^access-control-allow-methods: .*GET/m)
  })

  test('refuses another, and allows it nothing', async () => {
    const network = 'access-control-request-private-network: true'
    const { status, headers } = await ask(preflight(foreign, network))
    expect(status).toBe('HTTP/1.1 403 Forbidden')
    expect(headers.join('\n')).not.toContain('access-control-')
  })

  test('says 404 to who asks for a path that is nowhere', async () => {
    const bytes = preflight(allowed).replace('/messages', '/nowhere')
    expect((await ask(bytes)).status).toBe('HTTP/1.1 404 Not Found')
  })
})

describe.each(secure)('the server of lesson $number', (lesson) => {
  test.each([
    [allowed, 204],
    [foreign, 403],
  ])('answers a page of %s with %i', async (origin, status) => {
    const certificate = await makeCertificate()
    await using server = await startServer(lesson, { origins, certificate })
    const session = http2.connect(server.url.origin, { ca: certificate.cert })
    const stream = session.request({
      ':method': 'OPTIONS',
      ':path': '/messages',
      'access-control-request-method': 'GET',
      origin,
    })
    const [headers] = await event(stream, 'response')
    expect(headers).toMatchObject({ ':status': status })
    const { 'access-control-allow-origin': readableBy } = headers as Headers
    expect(readableBy).toBe(status === 204 ? origin : undefined)
    session.destroy()
  })
})

test.each([
  [allowed, 101],
  [foreign, 403],
])('a WebSocket from %s is answered with %i', async (origin, status) => {
  const lesson = lessons.find(({ title }) => title === 'WebSocket')
  if (lesson === undefined) throw new Error('There is no WebSocket lesson.')
  await using server = await startServer(lesson, { origins })
  const url = new URL('/messages', server.url)
  const socket = new WebSocket(url, { origin })
  socket.on('error', () => {}) // It is terminated below.
  const name = status === 101 ? 'upgrade' : 'unexpected-response'
  const details = await event(socket, name)
  expect(details.at(-1)).toMatchObject({ statusCode: status })
  socket.terminate()
})
