// The built site in use: without scripts, at an address that does not exist, and
// searched.

import { describe, expect } from 'vitest'

import { pages, test } from './site-test.ts'

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
