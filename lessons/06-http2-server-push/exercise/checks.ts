// What server push has to keep besides what every transport keeps.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import http2, {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type Settings,
} from 'node:http2'
import { text } from 'node:stream/consumers'

import type { OwnCheck } from '../../exercise.ts'
import { ask } from '../../requirements/ask.ts'
import { type Rig, setUp } from '../../requirements/rig.ts'
import { until } from '../../requirements/until.ts'

export const refused: OwnCheck = {
  id: 'refused',
  text: 'The server MUST go on when a client refuses a pushed stream.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    using client = await subscribed(rig, signal)
    let promises = 0
    client.session.on('stream', (pushed: ClientHttp2Stream) => {
      promises++
      pushed.on('error', () => {})
      pushed.close(http2.constants.NGHTTP2_REFUSED_STREAM)
    })
    for (const count of [1, 2]) {
      // More than is sent before the client has said no.
      rig.feed.publish(`${count}`.padEnd(300_000, '.'))
      await until(
        () => promises >= count,
        signal,
        () => `${count} promises, got ${promises}`,
      )
    }
    const question = { path: '/nowhere' }
    const { status } = await ask(rig.link.url, rig.ca, question, signal)
    assert.equal(status, 404, `the server must go on, got ${status}`)
  },
}

export const allowed: OwnCheck = {
  id: 'allowed',
  text: 'To a client that announced ENABLE_PUSH=0 the server MUST push nothing, and say where each message is instead.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    using client = await subscribed(rig, signal, { enablePush: false })
    const { id } = await rig.feed.publish('hello')
    const line = JSON.stringify({ path: `/messages/${id}` })
    await until(
      () => client.text.includes(`${line}\n`) || client.ended,
      signal,
      () => `a line ${line}, got ${JSON.stringify(client.text)}`,
    )
    assert.ok(
      client.text.includes(`${line}\n`),
      `a line ${line} must come, got ${JSON.stringify(client.text)} and the end of the stream`,
    )
    const [status, body] = await get(client.session, `/messages/${id}`, signal)
    assert.deepEqual(
      [status, body],
      [200, 'hello'],
      `GET /messages/${id} must be answered 200 with its data, got ${status} with ${JSON.stringify(body)}`,
    )
  },
}

/** The status, and the text. */
async function get(
  session: ClientHttp2Session,
  path: string,
  signal: AbortSignal,
): Promise<[number | undefined, string]> {
  const stream = session.request({ ':path': path })
  const [headers] = await once(stream, 'response', { signal })
  return [headers[':status'], await text(stream)]
}

/** A client whose request for messages is answered, and its answer so far. */
async function subscribed(rig: Rig, signal: AbortSignal, settings?: Settings) {
  const session: ClientHttp2Session = http2.connect(rig.link.url.origin, {
    ca: rig.ca,
    settings,
  })
  session.on('error', () => {}) // What waits for it says so.
  const stream = session.request({ ':path': '/messages' })
  stream.on('error', () => {})
  await once(stream, 'response', { signal })
  const client = {
    session,
    text: '',
    ended: false,
    [Symbol.dispose]: () => session.destroy(),
  }
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    client.text += chunk
  })
  stream.on('close', () => {
    client.ended = true
  })
  return client
}
