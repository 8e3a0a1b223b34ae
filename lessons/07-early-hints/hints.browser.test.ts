// What a real browser makes of hints: told by the order of requests at the
// server, and by what the browser tells the page.

import type { Browser, Page } from 'playwright-core'
import { expect, vi } from 'vitest'

import { howToInstall, launchChromium } from '../../scripts/chromium.ts'
import { test as withBrowser } from '../browser-test.ts'
import { httpServer } from '../shared/http-server.ts'
import { http2Server } from '../shared/http2-server.ts'
import type { AnyRequest, AnyResponse, Routes } from '../shared/router.ts'
import { sleep } from '../shared/sleep.ts'
import { listen } from '../start.ts'
import { hintedPage } from './hinted-page.ts'

vi.setConfig({ testTimeout: 60_000 })

/** How long a server waits for a browser to follow its hint. */
const patienceMs = 3_000

/** A hint is a hint: on a busy machine Chromium 156 has left out one in seven. */
const visits = 6

/** How long a server thinks that waits for nothing. */
const shortMs = 200

interface Setting {
  version?: '1.1' | '2'
  /** Thinks until the style sheet has arrived, instead of for a while. */
  untilThere?: boolean
  /** What the style sheet says about caches, if not what the lesson's does. */
  cacheControl?: string
}

const test = withBrowser.extend(
  'serve',
  ({ certificate, onTestFinished }) =>
    /** The lesson's page, on a server that keeps a log of what came in which order. */
    async ({ version = '2', untilThere, cacheControl }: Setting) => {
      const arrived = new AbortController()
      const log: string[] = []
      const think = async (_: number, gone?: AbortSignal) => {
        if (untilThere) await sleep(patienceMs, arrived.signal)
        else await sleep(shortMs, gone)
        log.push('<- the page')
      }
      const routes = withCaching(
        hintedPage(import.meta.url, think),
        cacheControl,
      )
      const server =
        version === '2'
          ? http2Server(import.meta.url, { certificate }, routes)
          : httpServer(import.meta.url, { certificate }, routes)

      server.prependListener('request', ({ url }, response: AnyResponse) => {
        if (/^\/(\?|$)/.test(url)) log.push('-> the page')
        if (url !== '/style.css') return
        log.push('-> the style sheet')
        // An answer to a PING tells that what was sent before it is there.
        const session =
          'stream' in response ? response.stream.session : undefined
        response.once('finish', () => session?.ping(() => arrived.abort()))
      })
      const started = await listen(server, 0, '127.0.0.1', true)
      onTestFinished(started.close)
      return { url: started.url, log }
    },
)

function withCaching(
  routes: Routes<AnyRequest, AnyResponse>,
  cacheControl?: string,
): Routes<AnyRequest, AnyResponse> {
  const answer = routes['GET /style.css']
  if (cacheControl === undefined) return routes
  return {
    ...routes,
    'GET /style.css'(request, response, gone) {
      const set = response.setHeader.bind(response)
      response.setHeader = ((name: string, value: string) =>
        set(name, name === 'cache-control' ? cacheControl : value)) as never
      return answer?.(request, response, gone)
    },
  }
}

/** What the browser tells about the page and its style sheet. */
async function timings(page: Page) {
  const read = `(() => {
    const [page] = performance.getEntriesByType('navigation')
    const style = performance.getEntriesByType('resource')
      .find(({ name }) => name.endsWith('/style.css'))
    return {
      got103: page.firstInterimResponseStart > 0,
      http: page.nextHopProtocol,
      initiatorType: style.initiatorType,
      fetchedForThePage: style.transferSize > 0,
    }
  })()`
  return page.evaluate(read)
}

/** Visits the page, as somebody with an empty cache, until the browser takes the hint. */
async function takeHint(
  browser: Browser | undefined,
  serve: () => Promise<{ url: URL; log: string[] }>,
) {
  for (let visit = 1; ; visit++) {
    const { url, log } = await serve()
    const page = await browser?.newPage() // In a context of its own.
    if (page === undefined) return undefined
    await page.goto(url.href)
    const isTaken = log[1] === '-> the style sheet'
    if (isTaken || visit === visits) return { page, log }
    await page.close()
  }
}

const words = (page: Page) => page.locator('#load').textContent()

const early = ['-> the page', '-> the style sheet', '<- the page']
const late = ['-> the page', '<- the page', '-> the style sheet']
const twice = [...early, '-> the style sheet']

test('over HTTP/2, Chromium asks for the style sheet before the page is here, and uses it', async ({
  chromium,
  serve,
  skip,
}) => {
  const taken = await takeHint(chromium, () => serve({ untilThere: true }))
  if (taken === undefined) return skip(howToInstall())
  const { page, log } = taken
  expect(log).toEqual(early)
  expect(await timings(page)).toEqual({
    got103: true,
    http: 'h2',
    initiatorType: 'early-hints',
    fetchedForThePage: false,
  })
  expect(await words(page)).toMatch(
    /^A 103 came after \d+ ms, the final answer after \d+ ms\. The style sheet was asked for because of the hint \(initiatorType: early-hints\)\.$/,
  )
  const display = 'getComputedStyle(document.querySelector("main")).display'
  expect(await page.evaluate(display), 'by the style sheet').toBe('grid')
  await page.close()
})

test('without hints it asks when it has the page', async ({ serve, open }) => {
  const { url, log } = await serve({})
  const page = await open(new URL('/?hints=no', url))
  expect(log).toEqual(late)
  expect(await timings(page)).toEqual({
    got103: false,
    http: 'h2',
    initiatorType: 'link',
    fetchedForThePage: true,
  })
})

test('over HTTP/1.1 it gets the 103, and ignores it', async ({
  serve,
  open,
}) => {
  const { url, log } = await serve({ version: '1.1' })
  const page = await open(url)
  expect(log).toEqual(late)
  expect(await timings(page)).toEqual({
    got103: true,
    http: 'http/1.1',
    initiatorType: 'link',
    fetchedForThePage: true,
  })
})

test('a style sheet that no cache may keep is fetched twice', async ({
  chromium,
  serve,
  skip,
}) => {
  const setting = { untilThere: true, cacheControl: 'no-store' }
  const taken = await takeHint(chromium, () => serve(setting))
  if (taken === undefined) return skip(howToInstall())
  expect(taken.log).toEqual(twice)
  expect(await timings(taken.page)).toMatchObject({ fetchedForThePage: true })
  await taken.page.close()
})

test('where certificate errors are ignored, it fetches the style sheet twice', async ({
  chromium,
  serve,
  skip,
}) => {
  if (chromium === undefined) return skip(howToInstall())
  const args = ['--ignore-certificate-errors']
  const careless = await launchChromium({ args })
  try {
    const taken = await takeHint(careless, () => serve({ untilThere: true }))
    expect(taken?.log).toEqual(twice)
    expect(taken && (await timings(taken.page))).toEqual({
      got103: true,
      http: 'h2',
      initiatorType: 'link',
      fetchedForThePage: true,
    })
  } finally {
    await careless.close()
  }
})
