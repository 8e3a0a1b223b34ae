// How pages are looked at: on a laptop and on a phone, by day and by night.
import type { BrowserContextOptions, Page } from 'playwright-core'

export interface View {
  /** Such as `1280-light`. */
  readonly name: string
  readonly options: BrowserContextOptions
}

export const views: readonly View[] = [1280, 390].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({
    name: `${width}-${colorScheme}`,
    options: {
      colorScheme,
      viewport: { width, height: 844 },
      // What moves would look otherwise each time.
      reducedMotion: 'reduce' as const,
    },
  })),
)

/** Brings everything into view once, since charts are drawn when they are near. */
export async function scrollThrough(page: Page): Promise<void> {
  // As text: functions that are compiled on the way refer to what pages lack.
  await page.evaluate(`(async () => {
    for (let y = 0; y < document.body.scrollHeight; y += 600) {
      scrollTo(0, y)
      await new Promise(requestAnimationFrame)
    }
    scrollTo(0, 0)
  })()`)
  await page.waitForLoadState('networkidle')
}
