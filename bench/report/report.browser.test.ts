// The report in a real browser, opened from disk, without a network.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import {
  findChromium,
  howToInstall,
  launchChromium,
} from '../../scripts/chromium.ts'
import { renderReport } from './report.ts'
import { sampleResult } from './sample-result.ts'

const result = sampleResult()
const folder = await mkdtemp(join(tmpdir(), 'report-'))
const file = join(folder, 'report.html')
let browser: Browser | undefined

beforeAll(async () => {
  await writeFile(file, await renderReport(result))
  // In CI a missing browser is a failure, elsewhere the tests are skipped.
  if (findChromium() || process.env.CI === 'true') {
    browser = await launchChromium()
  }
})

afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true })
})

test.for([
  { width: 1280, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const)(
  'at $width px, $colorScheme, every chart is drawn and nothing sticks out',
  async (look, { skip }) => {
    if (browser === undefined) return skip(howToInstall())
    const { page, complaints, requests, href } = await open(browser, look)

    const drawn = await coloursOfCanvases(page)
    expect(drawn).toHaveLength(8)
    for (const colours of drawn) expect(colours.length).toBeGreaterThan(5)
    expect(await overflowOf(page)).toBe(0)
    await openAllDetails(page)
    expect(await overflowOf(page)).toBe(0)

    expect(complaints).toEqual([])
    expect(requests).toEqual([href])
    await page.context().close()
  },
)

test('charts follow when day turns to night', async ({ skip }) => {
  if (browser === undefined) return skip(howToInstall())
  const { page } = await open(browser, { width: 1280, colorScheme: 'light' })
  const byDay = await coloursOfCanvases(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(() => coloursOfCanvases(page)).not.toEqual(byDay)
  await page.emulateMedia({ colorScheme: 'light' })
  await expect.poll(() => coloursOfCanvases(page)).toEqual(byDay)
  await page.context().close()
})

test('the data can be downloaded', async ({ skip }) => {
  if (browser === undefined) return skip(howToInstall())
  const { page } = await open(browser, { width: 1280, colorScheme: 'light' })
  const started = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download the data' }).click()
  const download = await started
  expect(download.suggestedFilename()).toBe(`${result.id}.json`)
  const text = await readFile(await download.path(), 'utf8')
  expect(JSON.parse(text)).toEqual(result)
  await page.context().close()
})

interface Look {
  readonly width: number
  readonly colorScheme: 'light' | 'dark'
}

async function open(browser: Browser, { width, colorScheme }: Look) {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    colorScheme,
    offline: true,
  })
  const page = await context.newPage()
  const complaints: string[] = []
  const requests: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => requests.push(request.url()))
  const { href } = pathToFileURL(file)
  await page.goto(href)
  return { page, complaints, requests, href }
}

/** The colours in each canvas, sorted: one that is blank has a single one. */
function coloursOfCanvases(page: Page): Promise<string[][]> {
  return page.locator('canvas').evaluateAll((canvases) =>
    canvases.map((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement
      const context = (canvas as HTMLCanvasElement).getContext('2d')
      const image = context?.getImageData(0, 0, width, height)
      const pixels = new Uint32Array(image?.data.buffer ?? new ArrayBuffer(0))
      return [...new Set(pixels)].map((pixel) => pixel.toString(16)).sort()
    }),
  )
}

/** By how many pixels the page is wider than its window. */
function overflowOf(page: Page): Promise<number> {
  return page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  )
}

function openAllDetails(page: Page): Promise<void> {
  return page.locator('details').evaluateAll((all) => {
    for (const details of all) details.setAttribute('open', '')
  })
}
