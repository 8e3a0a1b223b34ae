import { expect, test } from 'vitest'
import { findChromium, launchChromium } from './chromium.ts'

test.skipIf(!findChromium())('the browser opens a page', async () => {
  const browser = await launchChromium({ args: ['--lang=en'] })
  try {
    const page = await browser.newPage()
    await page.goto('data:text/html,<title>Hello</title>')
    expect(await page.title()).toBe('Hello')
  } finally {
    await browser.close()
  }
})
