// Every page of the built site: in each of its views, with the keyboard alone,
// with less motion and on paper, without errors, and from no other host.

import { describe, expect } from 'vitest'

import { problemsInViews } from './page/accessibility.ts'
import { problemsByKeyboard } from './page/keyboard.ts'
import { problemsOfMotion } from './page/motion.ts'
import { problemsOnPaper } from './page/paper.ts'
import { pages, test } from './site-test.ts'
import { scrollThrough } from './views.ts'

const options = {
  viewport: { width: 1280, height: 844 },
  reducedMotion: 'reduce',
} as const

// All in one visit: a page takes long to load and to draw. Of the large ones,
// axe-core takes seconds in each view.
describe('a page', { concurrent: true, timeout: 300_000 }, () => {
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
