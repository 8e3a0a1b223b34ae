// How many event streams a real browser opens to one server, seen in Chromium
// 156. The write-up cites this.

import { once } from 'node:events'
import http2, { type ServerHttp2Stream, type Settings } from 'node:http2'
import type { AddressInfo } from 'node:net'

import type { Page } from 'playwright-core'
import { expect, vi } from 'vitest'

import { serve as serveHttp1 } from '../04-server-sent-events/server.ts'
import { eventually, isInState, test as withBrowser } from '../browser-test.ts'
import { connectionsOf } from '../shared/connections.ts'
import { startServer } from '../start.ts'
import lesson from './index.ts'

vi.setConfig({ testTimeout: 90_000 })

/** Opens as many streams as a test asks for, and counts them. */
const page = `<!doctype html>
  <link rel="icon" href="data:,">
  <script>
    let sources = []
    let answered = false
    let errors = 0
    function openStreams(count) {
      sources = Array.from({ length: count }, () => new EventSource('/messages'))
      for (const source of sources) source.onerror = () => errors++
    }
    function ask() {
      fetch('/small').then(() => { answered = true })
    }
    function closeStreams() {
      for (const source of sources) source.close()
    }
    function counts() {
      const count = (state) => sources.filter(({ readyState }) => readyState === state).length
      return { waiting: count(0), open: count(1), closed: count(2), errors, answered }
    }
  </script>`

const test = withBrowser.extend(
  'serve',
  ({ certificate, onTestFinished }) =>
    /** A server of HTTP/2 that answers everything, with these settings. */
    async (settings?: Settings) => {
      const server = http2.createSecureServer({ ...certificate, settings })
      const connections = connectionsOf(server)
      server.on('stream', (stream: ServerHttp2Stream, { ':path': path }) => {
        stream.on('error', () => {})
        const type = path === '/messages' ? 'text/event-stream' : 'text/html'
        stream.respond({ ':status': 200, 'content-type': type })
        if (path !== '/messages') stream.end(path === '/' ? page : 'small')
      })
      server.on('session', (session) => session.on('error', () => {}))
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      onTestFinished(() => {
        server.close()
        for (const connection of connections) connection.destroy()
      })
      const { port } = server.address() as AddressInfo
      return { url: new URL(`https://127.0.0.1:${port}/`), connections }
    },
)

const counts = (tab: Page) => tab.evaluate('counts()')

/** Asks `url` again and again, from the page: long enough for what only needs time. */
async function meanwhile(tab: Page, url: URL): Promise<void> {
  const asking = `(async () => {
    for (let n = 0; n < 50; n++)
      await (await fetch('${url}style.css', { cache: 'no-store' })).text()
  })()`
  await tab.evaluate(asking)
}

for (const [what, settings, limit] of [
  ['when the server names no limit, as Node does not', undefined, 100],
  ['when the server allows 50', { maxConcurrentStreams: 50 }, 50],
  ['when the server allows 1000', { maxConcurrentStreams: 1000 }, 256],
] as const)
  test(`Chromium opens ${limit} streams on one connection ${what}; the others wait without an error`, async ({
    serve,
    open,
    certificate,
  }) => {
    const server = await serve(settings)
    await using elsewhere = await startServer(lesson, { certificate })
    const tab = await open(server.url)
    await tab.evaluate('openStreams(320)')
    const expected = { open: limit, waiting: 320 - limit, closed: 0, errors: 0 }
    await eventually(() => counts(tab), `${limit} streams`).toMatchObject(
      expected,
    )
    await tab.evaluate('ask()')

    await meanwhile(tab, elsewhere.url)

    // A plain request to the same server waits as well.
    expect(await counts(tab)).toEqual({ ...expected, answered: false })
    expect(server.connections.size).toBe(1)
    await tab.evaluate('closeStreams()')
    await eventually(() => counts(tab), 'the answer').toMatchObject({
      answered: true,
    })
  })

test('seven tabs over HTTP/1.1: six receive, the seventh does not even load, until another is closed', async ({
  open,
  certificate,
}) => {
  await using server = await startServer({ serve: serveHttp1 })
  await using elsewhere = await startServer(lesson, { certificate })
  const tabs: Page[] = []
  for (let n = 0; n < 6; n++) {
    const tab = await open(server.url)
    await isInState(tab, 'open')
    tabs.push(tab)
  }
  const other = await open(elsewhere.url)
  let seventh: Page | undefined
  const opening = open(server.url).then((tab) => {
    seventh = tab
  })

  await meanwhile(other, elsewhere.url)

  expect(seventh).toBe(undefined)
  expect(server.feed.followerCount).toBe(6)
  await tabs[0]?.close()
  await opening
  await isInState(seventh as unknown as Page, 'open')
  expect(server.feed.followerCount).toBe(6)
})

test('seven tabs over HTTP/2: all receive, on one connection', async ({
  open,
  certificate,
}) => {
  await using server = await startServer(lesson, { certificate })
  const connections = connectionsOf(server.server)
  for (let n = 0; n < 7; n++) await isInState(await open(server.url), 'open')
  await eventually(() => server.feed.followerCount, 'seven streams').toBe(7)
  expect(connections.size).toBe(1)
})
