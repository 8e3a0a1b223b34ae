// The panel of an exercise in a real browser, beside a workbook in which the test
// is the reader.

import type { Page } from 'playwright-core'
import { expect, inject, vi } from 'vitest'

import { test as base, eventually } from '../../../lessons/browser-test.ts'
import { newReader, patienceMs } from '../../../scripts/check/check-testing.ts'
import { siteOf } from '../../../scripts/servers/start-testing.ts'
import { serveFolder } from '../../../scripts/site/serve-folder.ts'
import { serveBeside } from '../live/serve-beside.ts'

vi.setConfig({ testTimeout: 3 * patienceMs })

const path = 'lessons/04-server-sent-events/'

const test = base
  .extend('reader', async ({ certificate: _ }, { onCleanup }) => {
    const finishes: (() => void)[] = []
    onCleanup(() => {
      for (const finish of finishes.reverse()) finish()
    })
    return newReader((finish) => finishes.push(finish))
  })
  // As `npm start` serves it.
  .extend('site', async ({ reader }, { onCleanup }) => {
    const { control } = await siteOf(reader.workbook.start())
    const site = await serveBeside(inject('builtSite'), () => control)
    onCleanup(() => site.close())
    return site
  })

async function panelOf(page: Page) {
  const panel = page.locator('.exercise-panel')
  await panel.scrollIntoViewIfNeeded()
  return panel
}

const long = { timeout: patienceMs }

test('tells by keyboard what is wrong, gives hints, and sees the repair when it is saved', async ({
  open,
  site,
  reader,
}) => {
  const page = await open(new URL(path, site.url))
  const panel = await panelOf(page)
  await panel.getByText('Exercise 4, 0 of 6 steps').waitFor(long)
  await panel.getByRole('button', { name: 'Run the check' }).focus()
  await page.keyboard.press('Enter')
  const status = panel.getByRole('status')
  await panel.getByText('must be answered 403, got 200').waitFor(long)
  await panel.locator('.wire', { hasText: 'HTTP/1.1 200 OK' }).waitFor()
  await panel.locator('[data-is=failed]', { hasText: 'origin' }).waitFor()
  await eventually(() => status.textContent(), 'the check to end').toBe(
    'origin is not kept yet.',
  )

  for (const left of [3, 2, 1])
    await panel.getByRole('button', { name: `(${left} left)` }).click()
  await eventually(
    () => panel.locator('.hints > li').count(),
    'all hints',
  ).toBe(3)
  expect(reader.progress()).toContain('hints=origin:3')

  reader.saveSolution()
  await panel
    .getByText('Your version keeps all that the transport has to.')
    .waitFor(long)
  await panel.getByText('Exercise 4, 6 of 6 steps').waitFor()
  expect(await panel.locator('[data-is=passed]').count()).toBe(6)

  // Without a reload: what the page knew before is no longer true.
  await page.locator('.VPNavBarTitle a').click()
  const card = page.locator('.lesson-grid li', { hasText: 'Server-Sent' })
  await card.scrollIntoViewIfNeeded()
  await card.getByText('3 questions, 6 of 6 steps ✓').waitFor()
})

base(
  'says on the published site how to get there',
  async ({ certificate: _, open }) => {
    const site = await serveFolder(inject('builtSite'))
    try {
      const page = await open(new URL(path, site.url))
      const panel = await panelOf(page)
      await panel.getByText('npm run check 4').waitFor()
      expect(await panel.getByRole('button').count()).toBe(0)
      expect(await panel.getByRole('listitem').count()).toBe(6)
    } finally {
      await site.close()
    }
  },
)
