// A real browser as a visitor, with a cache that is empty at first. What it
// measures itself is read from the page.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Browser, BrowserContext } from 'playwright-core'

import { launchChromium, trusting } from '../../scripts/chromium.ts'
import { pageFiles } from './page.ts'
import type { Visit } from './visit.ts'
import { deadlineMs, type Visitor, type VisitorOptions } from './visitor.ts'

/** https://w3c.github.io/resource-timing/, in ms since the navigation began. */
interface Timing {
  readonly path: string
  readonly responseEnd: number
  /** With its headers; 0: it came from the cache. */
  readonly transferSize: number
  readonly decodedBodySize: number
}

/** @throws Error when there is no Chromium, or when it does not start */
export async function openChromium({
  ca,
}: Pick<VisitorOptions, 'ca'>): Promise<Visitor> {
  const folder = await mkdtemp(join(tmpdir(), 'page-load-'))
  const remove = () =>
    rm(folder, { recursive: true, force: true, maxRetries: 5 })
  try {
    const browser = await launchIn(folder, ca)
    return visitorWith(browser, await browser.newContext(), remove)
  } catch (error) {
    await remove()
    throw error
  }
}

/** Chromium leaves files where temporary ones belong: they have to go with it. */
async function launchIn(folder: string, ca: string): Promise<Browser> {
  const { TMPDIR } = process.env
  process.env.TMPDIR = folder
  try {
    return await launchChromium({ args: [trusting({ cert: ca })] })
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  }
}

function visitorWith(
  browser: Browser,
  context: BrowserContext,
  remove: () => Promise<void>,
): Visitor {
  return {
    async visit(url) {
      const page = await context.newPage()
      page.setDefaultTimeout(deadlineMs)
      try {
        await page.goto(url.href)
        return visitOf(await page.evaluate<Timing[]>(timings))
      } finally {
        await page.close()
      }
    },
    async [Symbol.asyncDispose]() {
      await browser.close()
      await remove()
    },
  }
}

const files = pageFiles()

/**
 * Run in the page, as text. The font may come after the page's `load`: without
 * it the list would be read too soon.
 */
const timings = `new Promise((resolve, reject) => {
  const paths = ${JSON.stringify(files.map(({ path }) => path))}
  const late = () => reject(new Error('Not all files came: ' + seen().map((one) => one.path)))
  const timer = setTimeout(late, ${deadlineMs})
  const seen = () =>
    [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      .map(({ name, responseEnd, transferSize, decodedBodySize }) =>
        ({ path: new URL(name).pathname, responseEnd, transferSize, decodedBodySize }))
      .filter(({ path, responseEnd }) => paths.includes(path) && responseEnd > 0)
  const look = () => {
    const all = seen()
    if (!paths.every((path) => all.some((one) => one.path === path))) return
    clearTimeout(timer)
    watch.disconnect()
    resolve(all)
  }
  const watch = new PerformanceObserver(look)
  watch.observe({ entryTypes: ['navigation', 'resource'] })
  look()
})`

/** @throws Error when a file is not as long as it should be */
function visitOf(all: readonly Timing[]): Visit {
  const endOf = (path: string) =>
    Math.max(...all.filter((one) => one.path === path).map(arrival))
  for (const { path, body } of files)
    for (const { decodedBodySize } of all.filter((one) => one.path === path))
      if (decodedBodySize !== body.length)
        throw new Error(
          `${path} must have ${body.length} bytes, Chromium got ${decodedBodySize}.`,
        )
  const pageMs = endOf('/')
  const came = all.filter(({ transferSize }) => transferSize > 0)
  return {
    pageMs,
    styleMs: Math.max(pageMs, endOf('/style.css')),
    allMs: Math.max(...files.map(({ path }) => endOf(path))),
    received: Object.fromEntries(
      came.map(({ path, decodedBodySize }) => [path, decodedBodySize]),
    ),
  }
}

function arrival({ responseEnd }: Timing): number {
  return responseEnd
}
