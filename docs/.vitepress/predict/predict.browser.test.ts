// The questions of a lesson in a real browser.

import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, inject } from 'vitest'

import { test as base } from '../../../lessons/browser-test.ts'
import { lessonFolders } from '../../../lessons/index.ts'
import { serveFolder } from '../../../scripts/site/serve-folder.ts'
import { root } from '../root.ts'
import { predictionsIn } from './predictions.ts'

const [folder = ''] = await lessonFolders()
const path = `lessons/${folder}/`
const writeUp = readFileSync(new URL(`${path}README.md`, root), 'utf8')
const [first] = predictionsIn(writeUp)
if (first === undefined) throw new Error(`${path} must have a prediction.`)
const { options, right } = first
const wrong = right === 1 ? 2 : 1

const test = base.extend('site', async ({ certificate: _ }, { onCleanup }) => {
  const site = await serveFolder(inject('builtSite'))
  onCleanup(() => site.close())
  return site
})

const questionOf = (page: Page) => page.locator('.predict').first()

/** Chooses an option and answers, by keys alone. */
async function answerByKeys(page: Page, option: number): Promise<void> {
  const question = questionOf(page)
  await question.scrollIntoViewIfNeeded()
  await isAwake(page)
  await question.locator('input').first().focus()
  await page.keyboard.press('Space')
  for (let n = 1; n < option; n++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
}

/** The page is made to move when it is seen; before, it would not answer. */
async function isAwake(page: Page): Promise<void> {
  await page.locator('.predict[data-is-here]').first().waitFor()
}

test('is answered by keyboard, explained, and still there after a reload', async ({
  open,
  site,
}) => {
  const page = await open(new URL(path, site.url))
  const question = questionOf(page)
  const explanation = question.locator('details > :not(summary)').first()
  expect(await explanation.isVisible()).toBe(false)

  await answerByKeys(page, right)
  await question.getByText('You were right.').waitFor()
  await explanation.waitFor()
  const focused = page.locator('.predict :focus')
  expect(await focused.getAttribute('role')).toBe('status')

  await page.reload()
  await question.scrollIntoViewIfNeeded()
  await question.getByText('You were right.').waitFor()
  await explanation.waitFor()
  expect(await question.locator('input:checked').inputValue()).toBe(`${right}`)
})

test('is explained when the answer was wrong, too, and can be forgotten', async ({
  open,
  site,
}) => {
  const page = await open(new URL(path, site.url))
  const question = questionOf(page)
  await answerByKeys(page, wrong)
  await question.getByText(`You said ${wrong}; it is ${right}.`).waitFor()
  await question.locator('details[open]').waitFor()
  expect(await question.locator('[data-is=wrong] .number').innerText()).toBe(
    `${wrong}.`,
  )
  expect(await question.locator('[data-is=right] .number').innerText()).toBe(
    `${right}.`,
  )

  await question.getByRole('button', { name: 'Forget it' }).click()
  await question.getByRole('button', { name: 'That is my answer' }).waitFor()
  expect(await question.locator('input:checked').count()).toBe(0)
  await page.reload()
  await question.scrollIntoViewIfNeeded()
  await isAwake(page)
  expect(await question.locator('.result').innerText()).toBe('')
})

test('has a name that a screen reader tells, and its options', async ({
  open,
  site,
}) => {
  const page = await open(new URL(path, site.url))
  const group = page.getByRole('group').filter({ has: page.getByRole('radio') })
  const plain = first.question.replace(/[`*]/g, '')
  expect(await group.first().ariaSnapshot()).toContain(plain)
  expect(await group.first().getByRole('radio').count()).toBe(options.length)
})

test('counts on the home page, in another tab as well', async ({
  open,
  site,
}) => {
  const page = await open(new URL(path, site.url))
  const home = await page.context().newPage()
  await home.goto(site.url.href)
  const card = home.locator('.lesson-grid li').first()
  await card.scrollIntoViewIfNeeded()
  await card.getByText('3 questions').waitFor()
  await answerByKeys(page, wrong)
  await card.getByText('1 of 3 predicted').waitFor()
})
