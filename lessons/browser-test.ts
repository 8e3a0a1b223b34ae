// What the tests in a real browser share: one Chromium for each file, a fresh
// context for each test.

import type { Page } from 'playwright-core'
import { test as base, expect } from 'vitest'

import {
  findChromium,
  howToInstall,
  launchChromium,
  trusting,
} from '../scripts/chromium.ts'
import { makeCertificate } from './certificate.ts'

/** How long a page may take to show what it should. */
const deadlineMs = 20_000

/**
 * `test` with a browser. Without one on this machine the test is skipped, and
 * says so; in CI it fails.
 */
export const test = base
  .extend('certificate', { scope: 'file' }, () => makeCertificate())
  .extend(
    'chromium',
    { scope: 'file' },
    async ({ certificate }, { onCleanup }) => {
      if (!findChromium() && process.env.CI !== 'true') return undefined
      const browser = await launchChromium({ args: [trusting(certificate)] })
      onCleanup(() => browser.close())
      return browser
    },
  )
  .extend('open', async ({ chromium, skip }, { onCleanup }) => {
    if (chromium === undefined) return skip(howToInstall())
    const context = await chromium.newContext()
    const errors: Error[] = []
    context.on('weberror', (error) => errors.push(error.error()))
    onCleanup(async () => {
      await context.close()
      expect(errors, 'errors that no page caught').toEqual([])
    })
    /** Opens a page of its own. */
    return async (url: URL): Promise<Page> => {
      const page = await context.newPage()
      page.setDefaultTimeout(deadlineMs)
      await page.goto(url.href)
      return page
    }
  })

/** `expect` that waits for the page to come to it. */
export function eventually<Value>(
  look: () => Promise<Value> | Value,
  what: string,
) {
  return expect.poll(look, {
    timeout: deadlineMs,
    interval: 20,
    message: `waited in vain for ${what}`,
  })
}

/** The data of the messages that a lesson's page shows. */
export function shownOn(page: Page): Promise<string[]> {
  return page.locator('[data-id] > span').allTextContents()
}

/** Waits until a lesson's page is in a state, such as `open`. */
export function isInState(page: Page, state: string): Promise<void> {
  return page.locator(`[role=status][data-state=${state}]`).waitFor()
}
