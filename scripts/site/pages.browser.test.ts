// Every page of the built site: in each of its views, with the keyboard alone,
// with less motion and on paper, without errors, and from no other host.

import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'

import { problemsInViews } from './accessibility.ts'
import { problemsByKeyboard } from './keyboard.ts'
import { problemsOnPaper } from './paper.ts'
import { pages, test } from './site-test.ts'
import { scrollThrough } from './views.ts'

const options = {
  viewport: { width: 1280, height: 844 },
  reducedMotion: 'reduce',
} as const

// Of the large pages, axe-core takes seconds in each view. In one visit, since
// a page is slow to load and to scroll through beside others.
describe('a page', { concurrent: true, timeout: 120_000 }, () => {
  test.for(pages.map(({ address }) => address))(
    '%s looks right, and can be used and printed',
    async (address, { visit }) => {
      const { page, problems } = await visit(address, options)
      const found = await problemsByKeyboard(page)
      await scrollThrough(page)
      found.push(...(await problemsOfMotion(page)))
      found.push(...(await problemsOnPaper(page)))
      found.push(...(await problemsInViews(page)))
      expect([...problems, ...found]).toEqual([])
    },
  )
})

/** Of a page for those who want no motion. */
async function problemsOfMotion(page: Page): Promise<string[]> {
  return page.evaluate(`document.getAnimations()
    .filter(({ playState }) => playState === 'running')
    .map(({ effect }) => 'it moves: ' + effect.target?.outerHTML.slice(0, 120))`)
}
