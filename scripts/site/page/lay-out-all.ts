// What is below the screen has a height that is guessed until it comes near.
import type { Page } from 'playwright-core'

/** Gives everything the place that it has when it is seen. */
export async function layOutAll(page: Page): Promise<void> {
  await page.addStyleTag({
    content: '* { content-visibility: visible !important }',
  })
}
