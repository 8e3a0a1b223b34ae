// The race and a lesson's panel in a real browser, against real servers.

import type { Page } from 'playwright-core'
import { describe, expect, inject } from 'vitest'

import { test as base, eventually } from '../../../lessons/browser-test.ts'
import { localCertificate } from '../../../lessons/certificate.ts'
import { loadLessons } from '../../../lessons/index.ts'
import {
  type OpenServers,
  openServers,
} from '../../../scripts/servers/open-servers.ts'
import { readRecording } from './read-recording.ts'
import { finalRunners } from './replay.ts'
import { serveBeside } from './serve-beside.ts'

const lessons = await loadLessons()
const settings = {
  feed: 'system',
  host: '127.0.0.1',
  portsFrom: 0,
  origins: [],
} as const

const test = base
  .extend('certificate', { scope: 'file' }, () => localCertificate())
  .extend('servers', async ({ certificate: _ }, { onCleanup }) => {
    const workbook = await startWorkbook()
    onCleanup(() => workbook.current.close())
    return workbook
  })
  // As `npm start` serves it, and the same pages that are published.
  .extend('site', async ({ servers }, { onCleanup }) => {
    const site = await serveBeside(
      inject('builtSite'),
      () => servers.current.control,
    )
    onCleanup(() => site.close())
    return site
  })

/** The servers, which a test may end and start again at the same addresses. */
async function startWorkbook() {
  const workbook = {
    current: await openServers(settings, () => {}),
    async startAgain() {
      const before: OpenServers = workbook.current
      workbook.current = await openServers({ ...settings, before }, () => {})
    },
  }
  return workbook
}

function isLive(page: Page): Promise<void> {
  return page.locator('.badge[data-mode=live]').waitFor()
}

/** What a lane has received, lost and doubled, in words. */
function counts(page: Page): Promise<string[]> {
  return page.locator('[data-lane] .count').allTextContents()
}

/** How many messages each lane has received. */
async function received(page: Page): Promise<number[]> {
  return (await counts(page)).map((text) => Number.parseInt(text, 10) || 0)
}

/** Waits until every lane has received more than now. */
async function goesOn(page: Page): Promise<void> {
  // Until then the recorded race stands there.
  await isLive(page)
  const before = await received(page)
  await eventually(
    async () =>
      (await received(page)).every((now, lane) => now > (before[lane] ?? 0)),
    'every lane to receive more',
  ).toBe(true)
}

async function nothingLost(page: Page): Promise<void> {
  const all = await counts(page)
  expect(all).toHaveLength(lessons.length)
  for (const count of all) expect(count).toMatch(/^\d+ received, none lost$/)
}

describe('the race', () => {
  const path = 'race'

  test('is live over every transport, and says on which machine', async ({
    open,
    site,
    servers,
  }) => {
    const page = await open(new URL(path, site.url))
    await goesOn(page)
    await nothingLost(page)
    const { cpu, node } = servers.current.manifest.machine
    const badge = await page.locator('.race .badge').textContent()
    expect(badge).toContain(cpu)
    expect(badge).toContain(node.replace(/^v/, ''))
  })

  test('goes on after every connection was cut: nothing lost, nothing twice', async ({
    open,
    site,
    servers: _,
  }) => {
    const page = await open(new URL(path, site.url))
    await goesOn(page)
    await page.getByRole('button', { name: 'Cut all connections' }).click()
    await page.locator('[data-lane][data-state=waiting]').first().waitFor()
    await page.getByText('Every connection is open again.').waitFor()
    await goesOn(page)
    await nothingLost(page)
  })

  test('lets one reader pause while the others go on, and misses nothing', async ({
    open,
    site,
    servers: _,
  }) => {
    const page = await open(new URL(path, site.url))
    await goesOn(page)
    const lane = page.locator('[data-lane$=server-sent-events]')
    const button = lane.getByRole('button', { name: /^Pause/ })
    await button.click()
    expect(await button.getAttribute('aria-pressed')).toBe('true')
    const [paused, other] = [
      lane.locator('.count'),
      page.locator('[data-lane$=websocket] .count'),
    ]
    // One that was read before the pause may still be on its way to the page.
    const upTo = Number.parseInt((await paused.textContent()) ?? '', 10) + 1
    const of = async (count: typeof paused) =>
      Number.parseInt((await count.textContent()) ?? '', 10)
    await eventually(() => of(other), 'the others to go on').toBeGreaterThan(
      upTo + 4,
    )
    expect(await of(paused)).toBeLessThanOrEqual(upTo)
    await button.click()
    await eventually(() => of(paused), 'it to catch up').toBeGreaterThan(
      upTo + 4,
    )
    await nothingLost(page)
  })

  test('carries what somebody publishes to every lane', async ({
    open,
    site,
    servers: _,
  }) => {
    const page = await open(new URL(path, site.url))
    await goesOn(page)
    await page.getByLabel('Publish a message').fill('hello there')
    await page.getByRole('button', { name: 'Publish' }).click()
    await eventually(
      () =>
        page.locator('[data-lane]', { hasText: '“hello there” came' }).count(),
      'every lane to show it',
    ).toBe(lessons.length)
    await nothingLost(page)
  })

  test('takes another rate and another size', async ({
    open,
    site,
    servers: _,
  }) => {
    const page = await open(new URL(path, site.url))
    await goesOn(page)
    await page.getByLabel('Bytes of each').selectOption('10000')
    await page.getByLabel('Messages a second').fill('20')
    await goesOn(page)
    await nothingLost(page)
  })

  test('saves the run that is seen', async ({ open, site, servers: _ }) => {
    const page = await open(new URL(path, site.url))
    await goesOn(page)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save this run' }).click(),
    ])
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream())
      chunks.push(chunk)
    const run = readRecording(JSON.parse(Buffer.concat(chunks).toString()))
    expect(run.lanes.map(({ folder }) => folder)).toEqual(
      lessons.map(({ folder }) => folder),
    )
    for (const { arrivals } of run.lanes)
      expect(arrivals.length).toBeGreaterThan(0)
    expect(finalRunners(run)).toHaveLength(lessons.length)
  })

  test('says so when the servers have ended, and goes on when they are back', async ({
    open,
    site,
    servers,
  }) => {
    const page = await open(new URL(path, site.url))
    await goesOn(page)
    await servers.current.close()
    await eventually(
      () => page.locator('[data-lane][data-state=open]').count(),
      'no lane to be open',
    ).toBe(0)
    await page.locator('[data-lane]', { hasText: 'Waiting' }).first().waitFor()
    await page.getByText(/^Nothing answers at http/).waitFor()
    await servers.startAgain()
    await eventually(
      () =>
        page.locator('[data-lane]', { hasText: 'since the restart' }).count(),
      'every lane to count anew',
    ).toBe(lessons.length)
    await eventually(
      () => page.locator('.race .problem').count(),
      'the page to have no trouble any more',
    ).toBe(0)
    expect(await counts(page)).toEqual(
      lessons.map(() => expect.stringMatching(/restart, none lost$/)),
    )
  })

  test('stops while nobody sees it, and says so', async ({
    open,
    site,
    servers: _,
  }) => {
    const page = await open(new URL(path, site.url))
    await goesOn(page)
    await hide(page, true)
    await page.getByText('The race is stopped.').waitFor()
    await page.getByRole('button', { name: 'Start' }).waitFor()
    await hide(page, false)
    await goesOn(page)
    await nothingLost(page)
  })

  test('tells a screen reader what was done, and no message', async ({
    open,
    site,
    servers: _,
  }) => {
    const page = await open(new URL(path, site.url))
    await goesOn(page)
    const speaking = page.locator(
      '.race :is([role=status], [role=alert], [aria-live=polite], output:not([aria-live=off]))',
    )
    expect(await speaking.allTextContents()).toEqual(['The race is live.'])
  })
})

/** As a browser tells a page that its tab is covered by another. */
async function hide(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate(`(() => {
    Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  })()`)
}

describe("a lesson's panel", () => {
  const lesson = lessons.find(({ folder }) => folder.includes('sent-events'))
  const path = `lessons/${lesson?.folder}/`
  const panelOf = (page: Page) => page.locator('.live-panel')

  test('connects when it is seen, and shows messages with their ids', async ({
    open,
    site,
    servers: _,
  }) => {
    const page = await open(new URL(path, site.url))
    await panelOf(page).scrollIntoViewIfNeeded()
    await page.locator('.live-panel [role=status][data-state=open]').waitFor()
    await eventually(
      () => panelOf(page).locator('li small').count(),
      'messages with their ids',
    ).toBeGreaterThan(1)
  })

  test('resumes after a cut, and says after which message', async ({
    open,
    site,
    servers: _,
  }) => {
    const page = await open(new URL(path, site.url))
    const panel = panelOf(page)
    await panel.scrollIntoViewIfNeeded()
    await isLive(page)
    await panel.locator('li small').first().waitFor()
    await panel.getByRole('button', { name: 'Cut the connection' }).click()
    await panel.getByText(/Resumed after \S+-\d+: nothing is lost/).waitFor()
  })

  test('publishes, and shows it come back', async ({
    open,
    site,
    servers: _,
  }) => {
    const page = await open(new URL(path, site.url))
    const panel = panelOf(page)
    await panel.scrollIntoViewIfNeeded()
    await isLive(page)
    await panel.locator('[role=status][data-state=open]').waitFor()
    await panel.getByLabel('Message', { exact: true }).fill('from the page')
    await panel.getByRole('button', { name: 'Publish' }).click()
    await panel.locator('li', { hasText: 'from the page' }).waitFor()
  })

  test('says so when the server has ended, and tells the gap when it is back', async ({
    open,
    site,
    servers,
  }) => {
    const page = await open(new URL(path, site.url))
    const panel = panelOf(page)
    await panel.scrollIntoViewIfNeeded()
    await isLive(page)
    await panel.locator('li small').first().waitFor()
    await servers.current.close()
    await panel.locator('[role=status]:not([data-state=open])').waitFor()
    await servers.startAgain()
    await panel.getByText(/^The feed of \S+ is gone/).waitFor()
    await panel.locator('[role=status][data-state=open]').waitFor()
  })
})
