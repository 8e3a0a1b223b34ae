// What streams that share a connection have to keep besides what every
// transport keeps.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import http2, {
  type Http2Server,
  type ServerHttp2Session,
  type Settings,
} from 'node:http2'

import type { OwnCheck } from '../../exercise.ts'
import { read } from '../../requirements/reader.ts'
import { type Rig, range, setUp } from '../../requirements/rig.ts'
import { until } from '../../requirements/until.ts'

const kibibyte = 1_024

/** The connections of a server, as it sees them. */
function sessionsOf(rig: Rig): ServerHttp2Session[] {
  const sessions: ServerHttp2Session[] = []
  http2ServerOf(rig).on('session', (session) => sessions.push(session))
  return sessions
}

function http2ServerOf({ server }: Rig): Http2Server {
  return server as unknown as Http2Server
}

/**
 * Resolves when all that the client has sent before is here, or nothing more
 * will come: the client may have broken off.
 */
async function allCame(session: ServerHttp2Session | undefined) {
  await new Promise<void>((resolve, reject) => {
    if (session === undefined) return reject(new Error('There is no session.'))
    session.ping(() => resolve())
  })
}

export const limit: OwnCheck = {
  id: 'limit',
  text: 'The server MUST name in its SETTINGS how many streams a client may open on a connection: at least 100, and no more than 1,000.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const session = http2.connect(rig.link.url.origin, { ca: rig.ca })
    session.on('error', () => {}) // `once` reports it.
    try {
      const [settings] = await once(session, 'remoteSettings', { signal })
      const { maxConcurrentStreams = Infinity }: Settings = settings
      assert.ok(
        100 <= maxConcurrentStreams && maxConcurrentStreams <= 1_000,
        `MAX_CONCURRENT_STREAMS must be from 100 to 1,000, got ${named(maxConcurrentStreams)}`,
      )
    } finally {
      session.destroy()
    }
  },
}

/** Node tells 2 ** 32 - 1 where the frame has none. */
function named(count: number): string {
  return count < 2 ** 32 - 1 ? `${count}` : 'none: any number is allowed'
}

export const window: OwnCheck = {
  id: 'window',
  text: 'The client MUST let at least 256 KiB be on their way, on each stream and on the connection.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const sessions = sessionsOf(rig)
    const reader = read(rig, signal)
    await reader.isOpen()
    const [session] = sessions
    await allCame(session)
    const perStream = session?.remoteSettings?.initialWindowSize ?? 0
    const inAll = session?.state.remoteWindowSize ?? 0
    await reader.leave()
    for (const [what, bytes] of [
      ['each stream', perStream],
      ['the connection', inAll],
    ] as const)
      assert.ok(
        bytes >= 256 * kibibyte,
        `at least 256 KiB must fit on their way on ${what}, got ${Math.round(bytes / kibibyte)} KiB`,
      )
  },
}

export const goaway: OwnCheck = {
  id: 'goaway',
  text: 'After GOAWAY the client MUST open new streams on another connection, while those that it has go on.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const sessions = sessionsOf(rig)
    const early = read(rig, signal)
    await early.isOpen()
    const [session] = sessions
    session?.goaway(http2.constants.NGHTTP2_NO_ERROR)
    await allCame(session)

    const late = read(rig, signal)
    await late.isOpen()
    rig.feed.publish('for both')
    await late.receives(['for both'], { when: 'after GOAWAY' })
    await early.receives(['for both'], { when: 'on its old stream' })
    assert.deepEqual(
      [early.opened, sessions.length],
      [1, 2],
      `the first subscription must stay where it is, and the second take another connection; they took ${early.opened + late.opened} streams on ${sessions.length} connections`,
    )
    await early.leave()
    await late.leave()
  },
}

const allowed = 5

export const room: OwnCheck = {
  id: 'room',
  text: 'When a connection has as many streams as its server allows, the client MUST take another one for the next; before that, it MUST take no other.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    http2ServerOf(rig).updateSettings({ maxConcurrentStreams: allowed })
    const sessions = sessionsOf(rig)
    const readers = []
    for (const n of range(1, allowed + 1)) {
      const reader = read(rig, signal)
      readers.push(reader)
      await until(
        () => reader.opened > 0,
        signal,
        () =>
          `stream ${n} of a server that allows ${allowed} on a connection; connections: ${sessions.length}`,
      )
      const enough = Math.ceil(n / allowed)
      assert.equal(
        sessions.length,
        enough,
        `${n} streams must take ${enough} connections, got ${sessions.length}`,
      )
    }
    for (const reader of readers) await reader.leave()
  },
}
