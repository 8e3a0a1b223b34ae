// How pages are looked at: on a laptop and on a phone, by day and by night.
import type { Page } from 'playwright-core'

export interface View {
  /** Such as `1280-light`. */
  readonly name: string
  readonly width: number
  readonly colorScheme: 'light' | 'dark'
}

export const views: readonly View[] = [1280, 390].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({
    name: `${width}-${colorScheme}`,
    width,
    colorScheme,
  })),
)

/** Shows the page in this view, with everything drawn that was drawn before. */
export async function look(page: Page, view: View): Promise<void> {
  const { width, colorScheme } = view
  await page.setViewportSize({ width, height: 844 })
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await chartsDrawn(page)
}

/** Brings everything near to the window once, and waits until it is drawn. */
export async function scrollThrough(page: Page): Promise<void> {
  // As text: functions that are compiled on the way refer to what pages lack.
  await page.evaluate(`(async () => {
    for (let y = 0; y < document.body.scrollHeight; y += 600) {
      scrollTo(0, y)
      await new Promise(requestAnimationFrame)
    }
    scrollTo(0, 0)
  })()`)
  await chartsDrawn(page)
}

async function chartsDrawn(page: Page): Promise<void> {
  await page.waitForFunction(
    `[...document.querySelectorAll('.bench-chart')].every((one) =>
      one.checkVisibility() === false || one.dataset.state === 'drawn')`,
  )
}
