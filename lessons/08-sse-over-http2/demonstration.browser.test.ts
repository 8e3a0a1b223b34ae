// The steps on this lesson's page, in a real browser.

import type { Page } from 'playwright-core'
import { expect, vi } from 'vitest'

import { eventually, isInState, test as withBrowser } from '../browser-test.ts'
import { startServer } from '../start.ts'
import lesson from './index.ts'

vi.setConfig({ testTimeout: 60_000 })

const test = withBrowser.extend(
  'visit',
  ({ certificate, open, onTestFinished }) =>
    async () => {
      const server = await startServer(lesson, { certificate })
      onTestFinished(server.close)
      const page = await open(server.url)
      await isInState(page, 'open')
      await page.getByText('The limits, and what helps').click()
      return { page, server }
    },
)

function told(page: Page, step: string): Promise<string | null> {
  return page.locator(`[data-step=${step}] + p`).textContent()
}

async function tells(page: Page, step: string, text: string): Promise<void> {
  await eventually(() => told(page, step), text).toBe(text)
}

/** Requests to the lesson's own server, while others wait. */
async function meanwhile(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    for (let n = 0; n < 50; n++) await (await fetch('/streams')).text()
  })()`)
}

test('seven streams over HTTP/1.1: the seventh waits without an error, and a plain request with it', async ({
  visit,
}) => {
  const { page, server } = await visit()
  const button = page.locator('[data-step=http1]')
  const expected = '6 open, 1 waiting, 0 errors. A plain request waits, too.'
  await button.click()
  await tells(page, 'http1', expected)
  await meanwhile(page)
  expect(await told(page, 'http1')).toBe(expected)
  await button.click()
  await eventually(() => server.feed.followerCount, 'the end').toBe(1)
  // And once more: each time has a server of its own.
  await button.click()
  await tells(page, 'http1', expected)
})

test('seven streams over HTTP/2: all are open', async ({ visit }) => {
  const { page, server } = await visit()
  await page.locator('[data-step=http2]').click()
  await tells(
    page,
    'http2',
    '7 open, 0 waiting, 0 errors. A plain request is answered.',
  )
  expect(server.feed.followerCount).toBe(8)
  await page.locator('[data-step=http2]').click()
  await eventually(() => server.feed.followerCount, 'the end').toBe(1)
})

test('101 streams over HTTP/2: with the page’s own there are 100, and the others wait', async ({
  visit,
}) => {
  const { page, server } = await visit()
  const button = page.locator('[data-step=limit]')
  await button.click()
  await tells(
    page,
    'limit',
    '99 open, 2 waiting, 0 errors. A plain request waits, too. This page’s own stream counts as well.',
  )
  expect(server.feed.followerCount).toBe(100)
  await button.click()
  await tells(
    page,
    'limit',
    '0 open, 0 waiting, 0 errors. A plain request is answered. This page’s own stream counts as well.',
  )
})

test('one stream with topics brings those of the page, and no others', async ({
  visit,
}) => {
  const { page, server } = await visit()
  await page.locator('[data-step=topics]').click()
  await tells(
    page,
    'topics',
    'Received on one stream: prices: 17.40 · news: none today',
  )
  expect(server.feed.followerCount).toBe(2)
})

for (const step of ['worker', 'leader'])
  test(`three tabs share one stream by ${step}, until the step ends`, async ({
    visit,
  }) => {
    const { page, server } = await visit()
    await page.locator(`[data-step=${step}]`).click()
    await tells(page, step, 'The server has 2 streams, with this page’s own.')
    for (const n of [1, 2, 3])
      await page
        .frameLocator(`iframe[title="Tab ${n}"]`)
        .locator('[role=status][data-state=open]')
        .waitFor()
    server.feed.publish('to all')
    for (const n of [1, 2, 3])
      await page
        .frameLocator(`iframe[title="Tab ${n}"]`)
        .getByText('to all')
        .waitFor()
    await page.getByRole('button', { name: 'Close tab 1' }).click()
    server.feed.publish('to both')
    for (const n of [2, 3])
      await page
        .frameLocator(`iframe[title="Tab ${n}"]`)
        .getByText('to both')
        .waitFor()
    await page.locator(`[data-step=${step}]`).click()
    await eventually(() => server.feed.followerCount, 'the end').toBe(1)
  })
