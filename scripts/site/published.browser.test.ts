// The site as it is published: it plays the recording, and asks the reader's
// machine only when the reader says so.

import { afterEach, beforeEach, describe, expect } from 'vitest'

import { eventually } from '../../lessons/browser-test.ts'
import { loadLessons } from '../../lessons/index.ts'
import { type OpenServers, openServers } from '../servers/open-servers.ts'
import { test } from './site-test.ts'

const lessons = await loadLessons()
let servers: OpenServers

beforeEach(async () => {
  servers = await openServers(
    { feed: 'system', host: '127.0.0.1', portsFrom: 0, origins: [] },
    () => {},
  )
})

afterEach(() => servers.close())

const received = '[data-lane] .count'

describe('the race', () => {
  test('plays the recording by itself, and asks nobody', async ({ visit }) => {
    const { page, problems } = await visit('/race')
    await page.locator('.badge[data-mode=recorded]').waitFor()
    // From its start: before, every lane stands as it ended.
    await page.getByText('The recorded race plays.').waitFor()
    await eventually(
      () => page.locator(received).first().textContent(),
      'the first lane to receive something',
    ).toMatch(/^[1-9]\d* received/)
    expect(await page.locator('[data-lane]').count()).toBe(lessons.length)
    expect(problems).toEqual([])
  })

  test('stands as it ended for those who want no motion, until they play it', async ({
    visit,
  }) => {
    const { page } = await visit('/race', { reducedMotion: 'reduce' })
    const play = page.getByRole('button', { name: 'Play again' })
    const ended = await page.locator(received).allTextContents()
    for (const count of ended) expect(count).toMatch(/received, none lost/)
    await play.click()
    await page.getByText('The recorded race plays.').waitFor()
  })

  // Eleven workers begin at once: a busy machine takes its time.
  test('says why it asks before it connects, and is live after a click', {
    timeout: 40_000,
  }, async ({ visit }) => {
    const { page, problems } = await visit('/race')
    const box = page.locator('form.connect')
    expect(await box.innerText()).toMatch(/your browser will then ask/)
    await box.getByLabel(/Address/).fill(servers.control)
    expect(problems).toEqual([])
    await box.getByRole('button', { name: 'Connect' }).click()
    await page.locator('.badge[data-mode=live]').waitFor()
    await eventually(
      () => page.locator('[data-lane$=websocket] .count').textContent(),
      'a lane to receive something',
    ).toMatch(/^[1-9]\d* received/)
  })

  test('says so when nothing answers, and plays on', async ({ visit }) => {
    const { page } = await visit('/race')
    const { control } = servers
    await servers.close()
    const box = page.locator('form.connect')
    await box.getByLabel(/Address/).fill(control)
    await box.getByRole('button', { name: 'Connect' }).click()
    await page.getByRole('alert').getByText('Nothing answers at').waitFor()
    await page.locator('.badge[data-mode=recorded]').waitFor()
  })
})

describe("a lesson's panel", () => {
  const lesson = lessons.find(({ folder }) => folder.includes('websocket'))
  const address = `/lessons/${lesson?.folder}/`

  test('shows its lane of the recording, and is live after a click', async ({
    visit,
  }) => {
    const { page, problems } = await visit(address)
    const panel = page.locator('.live-panel')
    await panel.scrollIntoViewIfNeeded()
    await panel
      .getByText(/message \d+/)
      .first()
      .waitFor()
    expect(problems).toEqual([])
    await panel.getByLabel(/Address/).fill(servers.control)
    await panel.getByRole('button', { name: 'Connect' }).click()
    await panel.locator('[role=status][data-state=open]').waitFor()
    await panel
      .getByText(/cpuPercent/)
      .first()
      .waitFor()
  })
})
