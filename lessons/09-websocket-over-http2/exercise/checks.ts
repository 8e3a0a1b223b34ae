// What WebSockets on streams have to keep besides what every transport keeps.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import http2, {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type Settings,
} from 'node:http2'

import { WebSocket } from 'ws'

import type { OwnCheck } from '../../exercise.ts'
import { read } from '../../requirements/reader.ts'
import { type Rig, setUp } from '../../requirements/rig.ts'
import { until } from '../../requirements/until.ts'

/** A client by hand, and what the server has told it. */
async function connected(rig: Rig, signal: AbortSignal) {
  const session = http2.connect(rig.link.url.origin, { ca: rig.ca })
  session.on('error', () => {}) // `once` reports it.
  const [settings] = await once(session, 'remoteSettings', { signal })
  return {
    session,
    settings: settings as Settings,
    [Symbol.dispose]: () => session.destroy(),
  }
}

interface Answered {
  readonly stream: ClientHttp2Stream
  readonly status: string
  readonly headers: NodeJS.Dict<unknown>
}

/** Asks for a WebSocket. What came of it: a status, or the error of the stream. */
async function askFor(
  session: ClientHttp2Session,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Answered> {
  const stream = session.request({
    ':method': 'CONNECT',
    ':protocol': 'websocket',
    ':path': '/messages',
    'sec-websocket-version': '13',
    ...headers,
  })
  let came: Answered | undefined
  stream.on('response', (headers) => {
    came ??= { stream, headers, status: `${headers[':status']}` }
  })
  stream.on('error', ({ message }) => {
    came ??= { stream, headers: {}, status: message }
  })
  // Some versions of Node end it without an error.
  stream.on('close', () => {
    came ??= { stream, headers: {}, status: 'the end of the stream' }
  })
  await until(
    () => came !== undefined,
    signal,
    'an answer to CONNECT /messages',
  )
  return came as unknown as Answered
}

export const announced: OwnCheck = {
  id: 'announced',
  text: 'The server MUST announce in its SETTINGS that it takes extended CONNECT.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    using client = await connected(rig, signal)
    const { enableConnectProtocol } = client.settings
    assert.equal(
      enableConnectProtocol,
      true,
      'ENABLE_CONNECT_PROTOCOL must be 1 in the first SETTINGS of the server; there was none',
    )
  },
}

/** A text frame of a server: https://www.rfc-editor.org/rfc/rfc6455.html#section-5.2 */
const textFrame = 0x81

export const answer: OwnCheck = {
  id: 'answer',
  text: 'The server MUST answer extended CONNECT with 200, without what belongs to an upgrade, and then send frames on that stream.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    using client = await connected(rig, signal)
    const { stream, status, headers } = await askFor(client.session, {}, signal)
    assert.equal(
      status,
      '200',
      `CONNECT /messages must be answered 200, got ${status}`,
    )
    const accept = headers['sec-websocket-accept']
    assert.equal(
      accept,
      undefined,
      `there is no key to accept here, got sec-websocket-accept: ${accept}`,
    )
    let bytes = Buffer.alloc(0)
    stream.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk])
    })
    await until(
      () => bytes.length > 0 || stream.readableEnded || stream.destroyed,
      signal,
      'a frame on the stream',
    )
    assert.equal(
      bytes[0],
      textFrame,
      `the stream must carry a text frame now, got ${bytes.length > 0 ? bytes.toString('latin1') : 'its end'}`,
    )
  },
}

export const others: OwnCheck = {
  id: 'others',
  text: 'A WebSocket that ends MUST end its own stream, and leave the connection to the others.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    let connections = 0
    rig.server.on('session' as 'connection', () => connections++)
    const stays = read(rig, signal)
    const leaves = read(rig, signal)
    await stays.isOpen()
    await leaves.isOpen()
    await leaves.leave()
    await until(
      () => rig.feed.followerCount < 2,
      signal,
      'the server to let go of the one who left',
    )
    const comes = read(rig, signal)
    await comes.isOpen()
    rig.feed.publish('for both')
    await stays.receives(['for both'], { when: 'after another one left' })
    await comes.receives(['for both'])
    assert.deepEqual(
      [stays.opened, connections],
      [1, 1],
      `one that stays, and one that comes, must share the connection after another one left; the first was opened ${stays.opened} times, on ${connections} connections`,
    )
    await stays.leave()
    await comes.leave()
  },
}

const foreignPages = {
  'a page of another site': { origin: 'https://example.com' },
  'a name that somebody else pointed here': {
    ':authority': 'rebound.example:8000',
  },
}

export const foreign: OwnCheck = {
  id: 'foreign',
  text: 'The server MUST answer 403 to a CONNECT of a foreign page: by `origin`, and by a foreign `:authority`. To one of this machine it MUST answer 200.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    using client = await connected(rig, signal)
    for (const [who, headers] of Object.entries(foreignPages)) {
      const { status } = await askFor(client.session, headers, signal)
      assert.equal(
        status,
        '403',
        `CONNECT by ${who} must be answered 403, got ${status}`,
      )
    }
    const own = { origin: 'https://localhost:5170' }
    const { status } = await askFor(client.session, own, signal)
    assert.equal(
      status,
      '200',
      `CONNECT by a page of this machine must be answered 200, got ${status}`,
    )
  },
}

/** Asks for a WebSocket by HTTP/1.1. The status of the answer, and what came on the WebSocket. */
async function upgradedAt(
  { url, ca }: Rig,
  path: string,
  origin: string,
  signal: AbortSignal,
) {
  const address = new URL(path, url)
  address.protocol = 'wss:'
  const webSocket = new WebSocket(address, { ca, origin })
  const texts: string[] = []
  let status: string | undefined
  webSocket.on('upgrade', () => {
    status = '101'
  })
  webSocket.on('unexpected-response', (_, { statusCode }) => {
    status ??= `${statusCode}`
    webSocket.terminate()
  })
  webSocket.on('error', ({ message }) => {
    status ??= message
  })
  webSocket.on('message', (data) => texts.push(data.toString()))
  await until(
    () => status !== undefined,
    signal,
    `an answer to GET ${path} by HTTP/1.1`,
  )
  return { texts, status, [Symbol.dispose]: () => webSocket.terminate() }
}

const here = 'https://localhost:5170'

export const upgrade: OwnCheck = {
  id: 'upgrade',
  text: 'To a client of HTTP/1.1 the server MUST give the same on the same port by an Upgrade: the same cursors, and the same refusals.',
  async check(lesson, signal) {
    // Only TLS lets the two versions share a port.
    await using rig = await setUp({ ...lesson, secure: true }, signal)
    const { id: after } = await rig.feed.publish('read')
    rig.feed.publish('missed')
    const path = `/messages?after=${after}`
    for (const [what, from, origin, expected] of [
      ['an Upgrade', path, here, '101'],
      ['an Upgrade of a foreign page', path, 'https://example.com', '403'],
      ['an Upgrade after no cursor', '/messages?after=x', here, '400'],
    ] as const) {
      using asked = await upgradedAt(rig, from, origin, signal)
      const { status, texts } = asked
      assert.equal(
        status,
        expected,
        `${what} must be answered ${expected} by HTTP/1.1, got ${status}`,
      )
      if (expected !== '101') continue
      rig.feed.publish('new')
      const isNew = () => texts.some((text) => text.includes('"new"'))
      await until(isNew, signal, 'a message on the WebSocket')
      assert.ok(
        texts.some((text) => text.includes('"missed"')),
        `an Upgrade of ${path} must go on after ${after}, got ${texts.join(' ')}`,
      )
    }
  },
}
