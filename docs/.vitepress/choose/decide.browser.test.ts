// The chooser and the calculator in a browser, by keyboard.

import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'

import { eventually } from '../../../lessons/browser-test.ts'
import { test } from '../../../scripts/site/site-test.ts'
import { bytesPerS } from './cost-words.ts'
import { costsOf } from './costs.ts'
import { example } from './inputs.ts'
import { measured } from './testing.ts'

/** Presses Tab until the focus is where it should be: a hundred times at most. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 100; presses++) {
    await page.keyboard.press('Tab')
    const there = await page.evaluate(
      `document.activeElement?.matches(${JSON.stringify(selector)})`,
    )
    if (there) return
  }
  expect.fail(`Tab does not reach ${selector}.`)
}

/** What is announced when it changes. */
function status(page: Page, part: 'chooser' | 'calculator') {
  return page.locator(`.${part} [role=status]`)
}

describe('the chooser', () => {
  test('answers by keyboard, announces the verdict, and keeps it in the address', async ({
    visit,
  }) => {
    const { page, problems } = await visit('/choose?receiver=program')
    // What was built does not know the address: now the page is in use.
    await eventually(
      () => status(page, 'chooser').textContent(),
      'the verdict of the address',
    ).toMatch(/^HTTP streaming fits best/)

    await tabTo(page, 'input[name=direction]')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await eventually(
      () => status(page, 'chooser').textContent(),
      'another verdict',
    ).toMatch(/^WebSocket fits best/)
    expect(new URL(page.url()).search).toBe('?receiver=program&direction=both')

    // The arrows stay within a question, and Tab goes to the next one.
    await page.keyboard.press('Tab')
    expect(
      await page.evaluate(`document.activeElement?.getAttribute('name')`),
    ).toBe('receiver')

    await tabTo(page, '.chooser button[type=reset]')
    await page.keyboard.press('Enter')
    await eventually(
      () => status(page, 'chooser').textContent(),
      'the usual verdict',
    ).toMatch(/^Server-Sent Events fits best/)
    expect(new URL(page.url()).search).toBe('')
    expect(await page.locator('.chooser input[value=server]').isChecked()).toBe(
      true,
    )
    expect(problems).toEqual([])
  })

  test('takes its answers from an address that was shared', async ({
    visit,
  }) => {
    const { page } = await visit('/choose?delay=more&closed=yes')
    await eventually(
      () => status(page, 'chooser').textContent(),
      'the verdict of these answers',
    ).toMatch(/^Web Push fits best, then Short polling\.$/)
    const more = page.locator('.chooser input[name=delay][value=more]')
    expect(await more.isChecked()).toBe(true)
  })

  test('says on each question what it asks', async ({ visit }) => {
    const { page } = await visit('/choose')
    const groups = page.locator('.chooser').getByRole('group')
    for (const group of await groups.all()) {
      const legend = await group.locator('legend').textContent()
      expect(legend).toMatch(/\?$/)
      const choices = group.getByRole('radio')
      expect(await choices.count()).toBeGreaterThan(1)
    }
    expect(await groups.count()).toBeGreaterThan(4)
  })
})

describe('the calculator', () => {
  test('computes what is typed, and says what it does not take', async ({
    visit,
  }) => {
    const { page, problems } = await visit('/choose')
    const row = page.locator('.calculator tbody tr', {
      has: page.getByRole('rowheader', { name: 'Server-Sent Events' }),
    })
    const shown = () => row.first().locator('td').first().textContent()
    const events = measured.find(({ title }) => title === 'Server-Sent Events')
    if (events === undefined) return expect.fail('It was not measured.')
    const expected = (subscribers: number) =>
      bytesPerS(costsOf(events, { ...example, subscribers }).downPerS)
    expect(await shown()).toBe(expected(example.subscribers))

    await tabTo(page, '#cost-subscribers')
    // Until the page is in use, what is typed is seen by nobody.
    await eventually(async () => {
      await page.keyboard.press('Control+A')
      await page.keyboard.type('50')
      return shown()
    }, 'other bytes').toBe(expected(50))

    const field = page.getByLabel('Subscribers, who all get it')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('-3')
    await eventually(
      () => field.getAttribute('aria-invalid'),
      'the field to be marked',
    ).toBe('true')
    const problem = page.locator('#cost-subscribers-problem')
    expect(await problem.textContent()).toMatch(
      /^Subscribers.*: a whole number from 1 to 1,000,000 clients is needed/,
    )
    expect(await field.getAttribute('aria-describedby')).toContain(
      'cost-subscribers-problem',
    )
    // What is wrong changes no figure: those of the last right number stay.
    expect(await shown()).toBe(expected(50))

    await page.keyboard.press('Control+A')
    await page.keyboard.type('7')
    await eventually(() => problem.textContent(), 'no problem').toBe('')
    await eventually(shown, 'the bytes of seven').toBe(expected(7))
    expect(problems).toEqual([])
  })
})

describe('without scripts', () => {
  const plain = { javaScriptEnabled: false }

  test('the table has all answers, and nothing that cannot be used', async ({
    visit,
  }) => {
    const { page } = await visit('/choose', plain)
    expect(await page.locator('.decisions tbody tr').count()).toBeGreaterThan(
      20,
    )
    expect(await page.locator('.chooser form').isVisible()).toBe(false)
    expect(await page.locator('.calculator form').isVisible()).toBe(false)
  })

  test('the calculator shows its example', async ({ visit }) => {
    const { page } = await visit('/choose', plain)
    // Not its innerText: what is below the screen is not laid out yet.
    const text = await page.locator('.calculator').textContent()
    for (const { title } of measured) expect(text).toContain(title)
    expect(text).toMatch(/times the bytes of/)
  })
})
