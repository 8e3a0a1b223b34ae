// Every page of the built site, in each of its views: by the rules of axe-core,
// within its width, without errors, and from no other host.

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'

import { pages, test } from './site-test.ts'
import { look, views } from './views.ts'
import { waivers } from './waivers.ts'

const axe = await readFile(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)
const rules = [
  ...['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  'best-practice',
]

// Of the large pages, axe-core takes seconds in each view.
describe('a page looks right in every view', {
  concurrent: true,
  timeout: 120_000,
}, () => {
  test.for(pages.map(({ address }) => address))(
    '%s',
    async (address, { visit }) => {
      const { page, problems } = await visit(address)
      await page.evaluate(axe)
      const found: string[] = []
      for (const view of views) {
        await look(page, view)
        found.push(
          ...(await problemsIn(page)).map((it) => `${view.name}: ${it}`),
        )
      }
      expect([...problems, ...found]).toEqual([])
    },
  )
})

// As text: functions that are compiled on the way refer to what pages lack.
const run = `axe.run(document, { runOnly: ${JSON.stringify(rules)} })`
const pxTooWide = 'document.documentElement.scrollWidth - innerWidth'

async function problemsIn(page: Page): Promise<string[]> {
  const beyond: number = await page.evaluate(pxTooWide)
  const { violations }: AxeResults = await page.evaluate(run)
  return [
    ...(beyond > 0 ? [`${beyond} px wider than the window`] : []),
    ...violations.flatMap(ours),
  ]
}

/** What is held against us, as sentences. */
function ours({ id, help, nodes }: AxeResults['violations'][number]): string[] {
  const waived = waivers.filter(({ rule }) => rule === id)
  return nodes
    .filter(
      ({ target }) =>
        !waived.some(({ within }) => target.join(' ').includes(within)),
    )
    .map(
      ({ target, failureSummary = '' }) =>
        `${id}: ${help} at ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`,
    )
}
