// What a real browser makes of hints: told by the order of requests at the
// server, and by what the browser tells the page.

import type { Page } from 'playwright-core'
import { expect, vi } from 'vitest'

import { launchChromium } from '../../scripts/chromium.ts'
import { test as withBrowser } from '../browser-test.ts'
import { httpServer } from '../shared/http-server.ts'
import { http2Server } from '../shared/http2-server.ts'
import type { AnyRequest, AnyResponse, Routes } from '../shared/router.ts'
import { sleep } from '../shared/sleep.ts'
import { listen } from '../start.ts'
import { hintedPage } from './hinted-page.ts'

vi.setConfig({ testTimeout: 60_000 })

/** Longer than a browser ever takes to follow a hint, shorter than a test. */
const patienceMs = 20_000

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
      const think = (_: number, gone?: AbortSignal) =>
        untilThere
          ? sleep(
              patienceMs,
              AbortSignal.any([arrived.signal, gone ?? arrived.signal]),
            )
          : sleep(shortMs, gone)
      const routes = withCaching(
        hintedPage(import.meta.url, think),
        cacheControl,
      )
      const server =
        version === '2'
          ? http2Server(import.meta.url, { certificate }, routes)
          : httpServer(import.meta.url, { certificate }, routes)

      const log: string[] = []
      server.prependListener('request', ({ url }, response: AnyResponse) => {
        if (url !== '/style.css') {
          if (!/^\/(\?|$)/.test(url)) return
          log.push(`-> ${url}`)
          response.once('finish', () => log.push(`<- ${url}`))
          return
        }
        log.push(`-> ${url}`)
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

/**
 * Opens the page as somebody who has been on the site. The very first navigation
 * of a browser that has just started takes no hint now and then: on a busy
 * machine Chromium 156 left out 2 of 14.
 */
async function visit(
  open: (url: URL) => Promise<Page>,
  url: URL,
): Promise<Page> {
  const page = await open(new URL('/nowhere', url))
  await page.goto(url.href)
  return page
}

const words = (page: Page) => page.locator('#load').textContent()

test('over HTTP/2, Chromium asks for the style sheet before the page is here, and uses it', async ({
  serve,
  open,
}) => {
  const { url, log } = await serve({ untilThere: true })
  const page = await visit(open, url)
  expect(log).toEqual(['-> /', '-> /style.css', '<- /'])
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
})

test('without hints it asks when it has the page', async ({ serve, open }) => {
  const { url, log } = await serve({})
  const page = await visit(open, new URL('/?hints=no', url))
  expect(log).toEqual(['-> /?hints=no', '<- /?hints=no', '-> /style.css'])
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
  const page = await visit(open, url)
  expect(log).toEqual(['-> /', '<- /', '-> /style.css'])
  expect(await timings(page)).toEqual({
    got103: true,
    http: 'http/1.1',
    initiatorType: 'link',
    fetchedForThePage: true,
  })
})

test('a style sheet that no cache may keep is fetched twice', async ({
  serve,
  open,
}) => {
  const { url, log } = await serve({
    untilThere: true,
    cacheControl: 'no-store',
  })
  const page = await visit(open, url)
  expect(log).toEqual(['-> /', '-> /style.css', '<- /', '-> /style.css'])
  expect(await timings(page)).toMatchObject({ fetchedForThePage: true })
})

test('where certificate errors are ignored, it fetches the style sheet twice', async ({
  chromium,
  serve,
  skip,
}) => {
  if (chromium === undefined) return skip('there is no Chromium')
  const { url, log } = await serve({ untilThere: true })
  const args = ['--ignore-certificate-errors']
  const careless = await launchChromium({ args })
  try {
    const page = await careless.newPage()
    await page.goto(new URL('/nowhere', url).href)
    await page.goto(url.href)
    expect(log).toEqual(['-> /', '-> /style.css', '<- /', '-> /style.css'])
    expect(await timings(page)).toEqual({
      got103: true,
      http: 'h2',
      initiatorType: 'link',
      fetchedForThePage: true,
    })
  } finally {
    await careless.close()
  }
})
