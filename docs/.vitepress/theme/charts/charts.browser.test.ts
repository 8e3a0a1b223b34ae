// Charts on the built site.

import { readFile } from 'node:fs/promises'

import type { Locator } from 'playwright-core'
import { describe, expect } from 'vitest'

import { eventually } from '../../../../lessons/browser-test.ts'
import { lessonFolders } from '../../../../lessons/index.ts'
import { layOutAll } from '../../../../scripts/site/page/lay-out-all.ts'
import { test } from '../../../../scripts/site/site-test.ts'

const [folder] = await lessonFolders()
const lesson = `/lessons/${folder}/`
const wide = { viewport: { width: 1280, height: 800 } }

describe('a chart', () => {
  test('is fetched and drawn when it comes near, and not before', {
    timeout: 40_000,
  }, async ({ visit }) => {
    const { page, problems } = await visit(lesson, wide)
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.waitForLoadState('networkidle')
    await layOutAll(page)
    const chart = page.locator('[data-chart]').first()
    expect(await chart.getAttribute('data-state')).toBe('waiting')
    expect(asked.filter((url) => url.includes('/charts/'))).toEqual([])

    const figure = page.locator('.bench-figure:has([data-chart])').first()
    const before = await heightOf(figure)
    await drawn(chart)
    expect((await coloursOf(chart)).length).toBeGreaterThan(5)
    expect(asked.some((url) => url.includes('/charts/'))).toBe(true)
    // Nothing around it has moved.
    expect(await heightOf(figure)).toBe(before)
    expect(problems).toEqual([])
  })

  test('follows when day turns to night, and is as by day on paper', async ({
    visit,
  }) => {
    const { page } = await visit(lesson, { ...wide, colorScheme: 'light' })
    const chart = page.locator('[data-chart]').first()
    await drawn(chart)
    const byDay = await coloursOf(chart)
    await page.emulateMedia({ colorScheme: 'dark' })
    const colours = () => coloursOf(chart)
    await eventually(colours, 'the dark chart').not.toEqual(byDay)
    const byNight = await coloursOf(chart)
    await page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(await coloursOf(chart)).toEqual(byDay)
    await page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(await coloursOf(chart)).toEqual(byNight)
  })

  test('fits the window again when that has become narrow', async ({
    visit,
  }) => {
    const { page } = await visit(lesson, wide)
    const chart = page.locator('[data-chart]').first()
    await drawn(chart)
    await page.setViewportSize({ width: 390, height: 800 })
    const canvasWidth = async () =>
      (await chart.locator('canvas').boundingBox())?.width
    await eventually(canvasWidth, 'the narrow chart').toBeLessThan(390)
    expect(
      await page.evaluate('document.documentElement.scrollWidth'),
    ).toBeLessThanOrEqual(390)
  })

  test('gives its data as a file', async ({ visit }) => {
    const { page } = await visit(lesson, wide)
    const link = page.getByRole('link', { name: 'Data of the chart' }).first()
    const started = page.waitForEvent('download')
    await link.click()
    const download = await started
    const file = JSON.parse(await readFile(await download.path(), 'utf8'))
    expect(download.suggestedFilename()).toBe(`${file.id}.json`)
    expect(file.data.length).toBeGreaterThan(1)
    expect(file.sources[0].command).toMatch(/^npm run bench/)
  })

  test('says so when its data cannot be loaded', async ({ visit }) => {
    const { page } = await visit(lesson, wide)
    await page.route('**/charts/*.json', (route) => route.abort())
    const chart = page.locator('[data-chart]').first()
    await chart.scrollIntoViewIfNeeded()
    await chart.getByRole('status').waitFor()
    expect(await chart.innerText()).toContain('the table has the same figures')
    expect(await chart.locator('canvas').isVisible()).toBe(false)
  })

  test('says in words what it shows, and takes no focus', async ({ visit }) => {
    const { page } = await visit(lesson, wide)
    for (const canvas of await page.locator('[data-chart] canvas').all()) {
      const words = await canvas.getAttribute('aria-labelledby')
      expect(await page.locator(`[id="${words}"]`).textContent()).toMatch(
        /^Chart: .*\d.* (ms|µs|KiB|bytes)/,
      )
      expect(await canvas.getAttribute('tabindex')).toBeNull()
    }
  })
})

test('without scripts a write-up has its table, and no empty places', async ({
  visit,
}) => {
  const { page } = await visit(lesson, { ...wide, javaScriptEnabled: false })
  const table = page.getByRole('region', { name: 'What it costs, in figures' })
  expect(await table.isVisible()).toBe(true)
  expect(await table.getByRole('rowheader').count()).toBeGreaterThan(10)
  for (const chart of await page.locator('[data-chart]').all())
    expect(await chart.isVisible()).toBe(false)
})

test('how to run the benchmark stands where your own run would be', async ({
  visit,
}) => {
  const { page } = await visit('/results', wide)
  expect(await page.locator('.own-run').count()).toBe(0)
  expect(await page.locator('#your-run + p').innerText()).toContain(
    'npm run bench',
  )
})

test('the raw files of all runs are there', async ({ visit, site }) => {
  const { page } = await visit('/results', wide)
  const links = await page.locator('.bench-runs a[download]').all()
  expect(links.length).toBeGreaterThan(0)
  for (const link of links) {
    const href = (await link.getAttribute('href')) ?? ''
    const response = await page.request.get(new URL(href, site.url).href)
    expect((await response.json()).schema).toMatch(/^http-push-workbook\//)
  }
})

async function drawn(chart: Locator): Promise<void> {
  await chart.scrollIntoViewIfNeeded()
  await chart.and(chart.page().locator('[data-state=drawn]')).waitFor()
}

async function heightOf(figure: Locator): Promise<number | undefined> {
  return (await figure.boundingBox())?.height
}

/** Those of its canvas, sorted: one that is blank has a single one. */
function coloursOf(chart: Locator): Promise<string[]> {
  return chart.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { width, height } = canvas
    const image = canvas.getContext('2d')?.getImageData(0, 0, width, height)
    const pixels = new Uint32Array(image?.data.buffer ?? new ArrayBuffer(0))
    return [...new Set(pixels)].map((pixel) => pixel.toString(16)).sort()
  })
}
