// What each way does, whatever the machine does meanwhile: what is asked for,
// in which order, how often, and which bytes come. Of times only what the link
// and the server's thought make impossible.

import { beforeAll, describe, expect, test } from 'vitest'

import { makeCertificate } from '../../lessons/certificate.ts'
import type { Certificate } from '../../lessons/lesson.ts'
import { EmulatedLink } from '../link/emulated-link.ts'
import { http1Connection } from './http1-connection.ts'
import { http2Connection } from './http2-connection.ts'
import { openNode } from './node-visitor.ts'
import { sizes } from './page.ts'
import { PageServer } from './server.ts'
import type { Visitor } from './visitor.ts'
import { wastedBytes } from './waste.ts'
import { loadWay, loadWays } from './way.ts'

const files = Object.keys(sizes).filter((path) => path !== '/')
const fileBytes =
  sizes['/style.css'] + sizes['/script.js'] + sizes['/font.woff2']
const ways = await loadWays()
const over = (protocol: string) =>
  ways.filter((way) => way.protocol === protocol)

let certificate: Certificate
beforeAll(async () => {
  certificate = await makeCertificate()
})

/** A server and a visitor, with a link between them where there is to be one. */
async function start(id: string, rttMs?: number) {
  const way = await loadWay(id)
  const server = await PageServer.start(way, certificate)
  const link =
    rttMs === undefined
      ? undefined
      : await EmulatedLink.to(server.url, {
          rttMs,
          lossPercent: 0,
          by: 'proxy',
        })
  const { protocol } = way
  const visitor: Visitor = openNode({ protocol, ca: certificate.cert })
  return {
    server,
    link,
    async visit(thinkMs = 0) {
      server.expectVisit({ thinkMs })
      const visit = await visitor.visit(link?.url ?? server.url)
      return {
        ...visit,
        /** Such as `asked /`. */
        seen: server.events.map(({ is, path }) => `${is} ${path}`),
      }
    },
    async [Symbol.asyncDispose]() {
      await visitor[Symbol.asyncDispose]()
      await link?.close()
      await server[Symbol.asyncDispose]()
    },
  }
}

test('there are five ways, from the oldest on', () => {
  expect(ways.map(({ id }) => id)).toEqual([
    'http1',
    'http2',
    'preload-header',
    'early-hints',
    'server-push',
  ])
})

test.for(ways)('$id brings every file once, and whole', async ({ id }) => {
  await using page = await start(id)
  // That each is the right one is looked at by the visitor itself.
  const { received } = await page.visit()
  expect(received).toEqual(sizes)
  expect(wastedBytes(page.server.events, [])).toBe(0)
})

test.for(['http1', 'http2'])(
  '%s asks for what it finds: the font last, behind the style sheet',
  async (id) => {
    await using page = await start(id)
    const { seen } = await page.visit()
    expect(seen.slice(0, 2)).toEqual(['asked /', 'answered /'])
    const place = (what: string) => seen.indexOf(what)
    for (const path of ['/style.css', '/script.js'])
      expect(place(`asked ${path}`)).toBeGreaterThan(place('answered /'))
    expect(place('asked /font.woff2')).toBeGreaterThan(
      place('answered /style.css'),
    )
    expect(seen).toHaveLength(8)
  },
)

test('a header names the font, too late for the thought and soon enough for the style sheet', async () => {
  await using page = await start('preload-header')
  const { seen } = await page.visit(1)
  expect(seen.slice(0, 2)).toEqual(['asked /', 'answered /'])
  expect(seen.filter((one) => one.startsWith('asked'))).toEqual([
    'asked /',
    'asked /style.css',
    'asked /script.js',
    'asked /font.woff2',
  ])
})

test('hints are asked for while the server still thinks', async () => {
  await using page = await start('early-hints')
  // It ends with the test, which waits for the files and not for the page.
  page.visit(60_000).catch(() => {})
  const seen = () => page.server.events.map(({ is, path }) => `${is} ${path}`)
  await expect
    .poll(() => seen().toSorted(), { timeout: 10_000 })
    .toEqual(
      [
        'asked /',
        ...files.flatMap((path) => [`asked ${path}`, `answered ${path}`]),
      ].toSorted(),
    )
  expect(seen().at(0)).toBe('asked /')
})

test('pushes come before the answer, and nothing is asked for', async () => {
  await using page = await start('server-push')
  const { seen } = await page.visit(1)
  expect(seen).toEqual([
    'asked /',
    ...files.map((path) => `pushed ${path}`),
    'answered /',
  ])
})

describe('with a full cache', () => {
  test.for(ways.filter(({ id }) => id !== 'server-push'))(
    '$id asks for the page alone, and nothing comes in vain',
    async ({ id }) => {
      await using page = await start(id)
      await page.visit()
      const { received, seen } = await page.visit(1)
      expect(received).toEqual({ '/': sizes['/'] })
      expect(seen).toEqual(['asked /', 'answered /'])
      expect(wastedBytes(page.server.events, files)).toBe(0)
    },
  )

  test('a push sends all of it again', async () => {
    await using page = await start('server-push')
    await page.visit()
    const { received } = await page.visit()
    expect(received).toEqual(sizes)
    expect(wastedBytes(page.server.events, files)).toBe(fileBytes)
  })

  test('a push costs at least those bytes on the wire, a hint hardly any', async () => {
    const bytesOf = async (id: string) => {
      await using page = await start(id, 0)
      await page.visit()
      const before = page.link?.bytesDown ?? 0
      await page.visit()
      return (page.link?.bytesDown ?? 0) - before
    }
    const hinted = await bytesOf('early-hints')
    const pushed = await bytesOf('server-push')
    expect(hinted).toBeGreaterThan(sizes['/'])
    expect(hinted).toBeLessThan(sizes['/'] + 4_000)
    expect(pushed).toBeGreaterThan(hinted + fileBytes - 1_000)
  })
})

describe('nothing comes sooner than it can', () => {
  const [rttMs, thinkMs] = [50, 100]
  /** TCP, TLS 1.3, and the request; then what the way saves of the rest. */
  const pageMs = 3 * rttMs + thinkMs
  const least: Record<string, [styleMs: number, allMs: number]> = {
    http1: [pageMs + rttMs, pageMs + 2 * rttMs],
    http2: [pageMs + rttMs, pageMs + 2 * rttMs],
    'preload-header': [pageMs + rttMs, pageMs + rttMs],
    // The server thinks longer than a round trip: the files are there before it.
    'early-hints': [pageMs, pageMs],
    'server-push': [pageMs, pageMs],
  }

  test.for(ways)('$id', async ({ id }) => {
    await using page = await start(id, rttMs)
    const visit = await page.visit(thinkMs)
    const [styleMs, allMs] = least[id] ?? [pageMs, pageMs]
    // Timers of Node round to a millisecond.
    expect(visit.pageMs).toBeGreaterThan(pageMs - 2)
    expect(visit.styleMs).toBeGreaterThan(styleMs - 2)
    expect(visit.allMs).toBeGreaterThan(allMs - 2)
  })

  test('a hint saves nothing where the server does not think', async () => {
    await using page = await start('early-hints', rttMs)
    const { styleMs } = await page.visit(0)
    expect(styleMs).toBeGreaterThan(4 * rttMs - 2)
  })
})

test.for(over('h2'))('$id takes one connection', async ({ id }) => {
  await using page = await start(id, 0)
  await page.visit()
  expect(page.link?.connections).toBe(1)
})

test.for([
  ['http1', http1Connection],
  ['http2', http2Connection],
] as const)(
  '%s: a path that is none is refused, and the server goes on',
  async ([id, connect]) => {
    await using page = await start(id)
    const { signal } = new AbortController()
    const { url } = page.server
    await using connection = connect(url, { ca: certificate.cert, signal })
    await expect(connection.get('/nothing', () => {})).rejects.toThrow(
      'The server must answer 200, got 404.',
    )
    await page.visit()
  },
)

test.for(ways)(
  '$id: a client that leaves in the midst of it harms nobody',
  async ({ id, protocol }) => {
    await using page = await start(id)
    page.server.expectVisit({ thinkMs: 1 })
    const connect = protocol === 'h2' ? http2Connection : http1Connection
    const leaving = new AbortController()
    const { url } = page.server
    const { signal } = leaving
    const connection = connect(url, { ca: certificate.cert, signal })
    const answer = connection.get('/', () => {})
    answer.catch(() => {}) // It is looked at below.
    await expect.poll(() => page.server.events.length).toBeGreaterThan(0)
    leaving.abort()
    await answer.catch(() => {}) // Or it has come before.
    await connection[Symbol.asyncDispose]()
    await page.visit()
  },
)

test.for(ways)(
  '$id: a server that closes in the midst of it lets go of its thought',
  async ({ id }) => {
    const page = await start(id)
    const visit = page.visit(60_000)
    visit.catch(() => {}) // It is looked at below.
    await expect
      .poll(() => page.server.events.some(({ path }) => path === '/'))
      .toBe(true)
    await page.server[Symbol.asyncDispose]()
    await expect(visit).rejects.toThrow()
    await page[Symbol.asyncDispose]()
  },
)
