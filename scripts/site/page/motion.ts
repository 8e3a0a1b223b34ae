// A page for those who want no motion.

import type { Page } from 'playwright-core'

// As text: functions that are compiled on the way refer to what pages lack.
const look = `document.getAnimations()
  .filter(({ playState }) => playState === 'running')
  .map(({ effect }) => 'it moves: ' + effect.target?.outerHTML.slice(0, 120))`

/**
 * Sentences, one for each part that moves by itself.
 *
 * @param page that was opened with `reducedMotion`
 */
export function problemsOfMotion(page: Page): Promise<string[]> {
  return page.evaluate(look)
}
