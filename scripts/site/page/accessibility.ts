// A page by the rules of axe-core, in each view.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

import { look, type View, views } from '../views.ts'
import { waivers } from '../waivers.ts'
import { layOutAll } from './lay-out-all.ts'

const axe = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

const everyRule = {
  type: 'tag',
  values: [
    ...['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    'best-practice',
  ],
}

/** By night a page is the same but for its colours. */
const rulesOfColour = {
  type: 'rule',
  values: ['color-contrast', 'link-in-text-block'],
}

// As text: functions that are compiled on the way refer to what pages lack.
const unfold = `for (const one of document.querySelectorAll('details'))
  one.open = true`
const pxTooWide = 'document.documentElement.scrollWidth - innerWidth'

/** Sentences, one for each element that breaks a rule, and for too wide a page. */
export async function problemsInViews(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  // With a guessed height, axe would find that it covers what follows.
  await layOutAll(page)
  const found: string[] = []
  for (const view of views) {
    // Once folded, as readers see it first, and once with all that they can see.
    if (view.width < 500) await page.evaluate(unfold)
    await look(page, view)
    const problems = await problemsIn(page, view)
    found.push(...problems.map((problem) => `${view.name}: ${problem}`))
  }
  return found
}

async function problemsIn(page: Page, view: View): Promise<string[]> {
  const beyond: number = await page.evaluate(pxTooWide)
  const options = {
    runOnly: view.colorScheme === 'dark' ? rulesOfColour : everyRule,
    resultTypes: ['violations'],
    // Loads style sheets once more, for rules that are not among these.
    preload: false,
  }
  const { violations }: AxeResults = await page.evaluate(
    `axe.run(document, ${JSON.stringify(options)})`,
  )
  return [
    ...(beyond > 0 ? [`${beyond} px wider than the window`] : []),
    ...violations.flatMap(ours),
  ]
}

/** What is held against us. */
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
