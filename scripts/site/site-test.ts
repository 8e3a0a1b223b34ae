// What the browser tests of the built site share: the site, served, and a page
// that reports what goes wrong in it.
import type {
  BrowserContext,
  BrowserContextOptions,
  Page,
} from 'playwright-core'
import { inject } from 'vitest'

import { test as base } from '../../lessons/browser-test.ts'
import { howToInstall } from '../chromium.ts'
import { readSite } from './built-site.ts'
import { serveFolder } from './serve-folder.ts'

/** All pages, as they were built. */
export const { pages } = readSite(inject('builtSite'), '/')

/** A page of the site in the browser. */
export interface Visit {
  readonly page: Page
  /** What went wrong since it was opened: errors, and requests to other hosts. */
  readonly problems: readonly string[]
}

export const test = base
  .extend(
    'site',
    { scope: 'file' },
    async ({ certificate: _ }, { onCleanup }) => {
      const site = await serveFolder(inject('builtSite'))
      onCleanup(() => site.close())
      return site
    },
  )
  .extend('visit', async ({ chromium, site, skip }, { onCleanup }) => {
    if (chromium === undefined) return skip(howToInstall())
    const contexts: BrowserContext[] = []
    onCleanup(async () => {
      for (const context of contexts) await context.close()
    })
    return async (
      address: string,
      options: BrowserContextOptions = {},
    ): Promise<Visit> => {
      const context = await chromium.newContext(options)
      contexts.push(context)
      const page = await context.newPage()
      page.setDefaultTimeout(20_000)
      const problems: string[] = []
      page.on('pageerror', ({ message }) => problems.push(message))
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text())
      })
      page.on('request', (request) => {
        const url = new URL(request.url())
        if (url.protocol.startsWith('http') && url.origin !== site.url.origin)
          problems.push(`asked ${url}`)
      })
      await page.goto(new URL(address.slice(1), site.url).href)
      return { page, problems }
    }
  })
