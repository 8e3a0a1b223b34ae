// The configurations as they stand, with a real nginx.

import { once } from 'node:events'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import http, { type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createGunzip } from 'node:zlib'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import serverSentEvents from '../../04-server-sent-events/index.ts'
import webSocket from '../../05-websocket/index.ts'
import { localCertificate } from '../../certificate.ts'
import { Feed } from '../../feed.ts'
import { transportFolders } from '../../index.ts'
import type { ConnectionState, Gap } from '../../lesson.ts'
import { range } from '../../requirements/rig.ts'
import { sleep } from '../../shared/sleep.ts'
import { startServer } from '../../start.ts'
import { skipIfMissing, soon } from '../../testing.ts'
import { findNginx, howToGetNginx, Nginx, type NginxOptions } from './nginx.ts'
import { type Way, ways, without } from './ways.ts'

const asItComes = new URL('default.conf', import.meta.url)
const right = new URL('right.conf', import.meta.url)
/** As if the server behind did not ask for it. */
const unasked = 'proxy_ignore_headers X-Accel-Buffering;'

const missing = () => (findNginx() ? undefined : howToGetNginx)
beforeEach(({ skip }) => skipIfMissing({ missing }, skip))

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

interface Setting extends Pick<NginxOptions, 'more'> {
  readonly heartbeatMs?: number
}

/** A server, nginx before it, and a client that follows from the start. */
async function start(
  { client, server, isHttp2 }: Way,
  configuration: URL,
  { more, heartbeatMs }: Setting = {},
) {
  const feed = new Feed()
  const certificate = isHttp2 ? await localCertificate() : undefined
  const started = await startServer(server, { feed, heartbeatMs })
  closing.push(started.close)
  const nginx = await Nginx.start(configuration, {
    lesson: started.url,
    certificate,
    more,
  })
  closing.push(() => nginx.close())

  const leaving = new AbortController()
  const data: string[] = []
  const gaps: Gap[] = []
  const states: ConnectionState[] = []
  const subscription = client.subscribe(nginx.url, {
    after: feed.start,
    ca: certificate?.cert,
    intervalMs: 20,
    retryMs: 20,
    signal: leaving.signal,
    onGap: (gap) => gaps.push(gap),
    onState: (state) => states.push(state),
  })
  const errors: string[] = []
  const reading = (async () => {
    for await (const message of subscription) data.push(message.data)
  })().catch((error: Error) => {
    errors.push(error.message)
  })
  closing.push(
    () => reading,
    () => leaving.abort(),
  )
  return { feed, started, nginx, data, gaps, states, errors }
}

/** The head of an answer to a client that can read gzip; the lessons' own cannot. */
async function getCompressed(path: string, nginx: Nginx) {
  const headers = { 'accept-encoding': 'gzip' }
  const request = http.get(new URL(path, nginx.url), { headers, agent: false })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  response.on('error', () => {}) // Nobody waits for its end.
  closing.push(() => response.destroy())
  return response
}

const way = (title: string) => {
  const found = ways.find((one) => one.title === title)
  if (found === undefined) throw new Error(`There is no way "${title}".`)
  return found
}
const sse = way(serverSentEvents.title)

test('every transport goes through, or has a reason', async () => {
  for (const folder of await transportFolders()) {
    const { default: lesson } = await import(`../../${folder}/index.ts`)
    const isThere = ways.some(({ client }) => client === lesson)
    expect([folder, isThere || without[folder] !== undefined]).toEqual([
      folder,
      true,
    ])
  }
})

describe('the right configuration', () => {
  test.each(ways)(
    'hands on each message before the next one: $title',
    async (one) => {
      const { feed, data } = await start(one, right, { more: unasked })
      for (const n of range(1, 5)) {
        feed.publish(`${n}`)
        await soon(() => expect(data).toEqual(range(1, n).map(String)))
      }
    },
  )

  test('loses nothing and gives nothing twice when it is reloaded', async () => {
    const { feed, data, gaps, states, nginx } = await start(sse, right)
    await soon(() => expect(feed.followerCount).toBe(1))
    let reloaded = false
    const reloading = nginx.reload().then(() => {
      reloaded = true
    })
    let n = 0
    while (!reloaded) {
      feed.publish(`${++n}`)
      await sleep(10)
    }
    await reloading
    // The old worker is gone, and with it the connection.
    feed.publish(`${++n}`)
    await soon(() => expect(data).toEqual(range(1, n).map(String)))
    expect(gaps).toEqual([])
    expect(states.map(({ is }) => is)).toContain('waiting')
  })

  test('compresses no stream, and what else is text', async () => {
    const { nginx } = await start(sse, right, { more: 'gzip_min_length 0;' })
    const encoding = async (path: string) =>
      (await getCompressed(path, nginx)).headers['content-encoding']
    expect(await encoding('/messages')).toBeUndefined()
    expect(await encoding('/')).toBe('gzip')
  })
})

describe('nginx as it comes', () => {
  test('keeps a stream back until it ends, if nobody says otherwise', async () => {
    const { feed, data, started } = await start(sse, asItComes, {
      more: unasked,
    })
    await soon(() => expect(feed.followerCount).toBe(1))
    feed.publish('1')
    await sleep(300)
    expect(data).toEqual([])
    await started.close()
    await soon(() => expect(data).toEqual(['1']))
  })

  test('keeps events back until they fill a buffer, and gives several', async () => {
    const { feed, data } = await start(sse, asItComes, { more: unasked })
    await soon(() => expect(feed.followerCount).toBe(1))
    const published: string[] = []
    while (data.length === 0) {
      published.push(`${published.length} `.padEnd(1_000, '.'))
      await feed.publish(published.at(-1) as string)
      await sleep(20)
    }
    await soon(() => expect(data.length).toBeGreaterThan(1))
    expect(data).toEqual(published.slice(0, data.length))
  })

  test('hands it on to whom the server asks it for', async () => {
    const { feed, data } = await start(sse, asItComes)
    feed.publish('1')
    await soon(() => expect(data).toEqual(['1']))
  })

  test('takes the upgrade away: the server sees a plain request', async () => {
    const { errors } = await start(way(webSocket.title), asItComes)
    await soon(() =>
      expect(errors).toEqual([expect.stringContaining('answered 426')]),
    )
  })

  test('compresses a stream piece by piece, where it is told to', async () => {
    const { feed, nginx } = await start(sse, asItComes, {
      more: 'gzip on; gzip_min_length 0; gzip_types text/event-stream;',
    })
    const response = await getCompressed('/messages', nginx)
    expect(response.headers['content-encoding']).toBe('gzip')
    let text = ''
    const plain = createGunzip().on('error', () => {})
    response.pipe(plain).on('data', (piece) => {
      text += piece
    })
    for (const n of range(1, 5)) {
      feed.publish(`message ${n}`)
      await soon(() => expect(text).toContain(`data: message ${n}\n`))
    }
  })
})

describe('proxy_read_timeout', () => {
  const more = 'proxy_read_timeout 1s;'
  const breaks = (states: readonly ConnectionState[]) =>
    states.filter(({ is }) => is === 'waiting')

  test('cuts a stream that is silent for longer', async () => {
    const { states } = await start(sse, asItComes, {
      more,
      heartbeatMs: 60_000,
    })
    await soon(() => expect(breaks(states).length).toBeGreaterThan(0))
  })

  test('never meets one with a heartbeat', async () => {
    const { states, feed } = await start(sse, asItComes, {
      more,
      heartbeatMs: 200,
    })
    await soon(() => expect(feed.followerCount).toBe(1))
    await sleep(2_000)
    expect(breaks(states)).toEqual([])
  })
})

test('a configuration that nginx refuses is told in its own words', async () => {
  await expect(start(sse, right, { more: 'nonsense on;' })).rejects.toThrow(
    /unknown directive "nonsense"/,
  )
})

test('a configuration may lie in any folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'work [book] '))
  closing.push(() => rmSync(folder, { recursive: true }))
  const copy = join(folder, 'right.conf')
  copyFileSync(right, copy)
  const { feed, data } = await start(sse, pathToFileURL(copy))
  feed.publish('1')
  await soon(() => expect(data).toEqual(['1']))
})
