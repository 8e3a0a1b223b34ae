// The built site in use: without scripts, with the keyboard alone, with less
// motion, and on paper.

import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'

import { pages, test } from './site-test.ts'
import { scrollThrough } from './views.ts'

const addresses = pages.map(({ address }) => address)
const wide = { viewport: { width: 1280, height: 844 } }

describe('without scripts', () => {
  test.for(addresses)('%s says its thing', async (address, { visit }) => {
    const { page } = await visit(address, { ...wide, javaScriptEnabled: false })
    const text = await page.locator('main').innerText()
    expect(text.length).toBeGreaterThan(200)
    expect(await page.locator('main h1').count()).toBe(1)
  })

  test('the race and a lesson show how the recorded run ended', async ({
    visit,
  }) => {
    const still = { javaScriptEnabled: false }
    const { page: race } = await visit('/race', still)
    expect(await race.locator('[data-lane]').count()).toBeGreaterThan(5)
    for (const count of await race
      .locator('[data-lane] .count')
      .allInnerTexts())
      expect(count).toMatch(/^\d+ received, none lost$/)
    const lesson = addresses.find((one) => one.includes('sent-events')) ?? ''
    const { page } = await visit(lesson, still)
    expect(await page.locator('.live-panel').innerText()).toContain('late')
    expect(
      await page.locator('.lesson-costs + table, main table').count(),
    ).toBeGreaterThan(0)
  })
})

/** Everything in the page that Tab should reach. */
const focusable =
  'main :is(a[href], button, input, select, textarea, summary, [tabindex="0"])'

describe('with the keyboard alone', () => {
  test.for(addresses)(
    '%s: Tab reaches every control, and shows where it is',
    async (address, { visit }) => {
      const { page } = await visit(address, {
        ...wide,
        reducedMotion: 'reduce',
      })
      await page.locator('main').waitFor()
      const { reached, unseen, all } = await walk(page)
      expect(unseen, 'controls without a visible focus').toEqual([])
      expect(reached).toBeGreaterThanOrEqual(all)
    },
  )
})

/** Presses Tab until the focus has left the page's text. */
async function walk(page: Page) {
  // Radio buttons of one name are one stop, and what is folded away is none.
  const all = (await page.evaluate(`(() => {
    const seen = [...document.querySelectorAll('${focusable}')].filter((one) =>
      !one.disabled && one.checkVisibility({ visibilityProperty: true }))
    const names = new Set()
    return seen.filter((one) => one.type !== 'radio' ||
      (!names.has(one.name) && names.add(one.name))).length
  })()`)) as number
  let reached = 0
  const unseen: string[] = []
  for (let step = 0; step < all + 200; step++) {
    await page.keyboard.press('Tab')
    const at = (await page.evaluate(`(() => {
      const one = document.activeElement
      if (!one || one === document.body) return null
      const { outlineStyle, boxShadow } = getComputedStyle(one)
      return { inMain: one.closest('main') !== null,
        seen: outlineStyle !== 'none' || boxShadow !== 'none',
        what: one.outerHTML.slice(0, 120) }
    })()`)) as { inMain: boolean; seen: boolean; what: string } | null
    if (at === null) break
    if (!at.inMain) continue
    reached++
    if (!at.seen) unseen.push(at.what)
  }
  return { reached, unseen, all }
}

test('nothing moves for those who want no motion', { timeout: 60_000 }, async ({
  visit,
}) => {
  for (const address of addresses) {
    const { page } = await visit(address, { ...wide, reducedMotion: 'reduce' })
    await scrollThrough(page)
    const moving = await page.evaluate(
      `document.getAnimations().filter((one) => one.playState === 'running').length`,
    )
    expect(moving, address).toBe(0)
  }
})

test('on paper there is the text, unfolded, and none of what is clicked', {
  timeout: 60_000,
}, async ({ visit }) => {
  for (const address of addresses) {
    const { page } = await visit(address, wide)
    await scrollThrough(page)
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`)
    for (const gone of ['.VPNav', '.VPSidebar', '.VPDocFooter'])
      for (const one of await page.locator(gone).all())
        expect(await one.isVisible(), `${gone} of ${address}`).toBe(false)
    const folded = await page.evaluate(`[...document.querySelectorAll(
      'main details:not([open]) > :not(summary)')].filter((one) =>
      one.getBoundingClientRect().height === 0 && one.textContent.trim() !== ''
      ).length`)
    expect(folded, `folded away in ${address}`).toBe(0)
  }
})

test('what does not exist leads to what does', async ({ visit }) => {
  const { page } = await visit('/nowhere')
  await page.getByText('There is no such page').waitFor()
  await page.getByRole('link', { name: 'To the lessons' }).waitFor()
})

test('the search finds the text of a lesson, without asking anybody', async ({
  visit,
}) => {
  const { page, problems } = await visit('/', wide)
  await page.getByRole('button', { name: /Search/ }).click()
  await page.locator('.VPLocalSearchBox input').fill('Last-Event-ID')
  await page.locator('.VPLocalSearchBox .result').first().waitFor()
  expect(problems).toEqual([])
})
