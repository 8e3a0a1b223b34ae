// A page as it is printed: its text, unfolded, and none of what is clicked.

import type { Page } from 'playwright-core'

/** Parts that lead somewhere else. */
const onScreenAlone = '.VPNav, .VPLocalNav, .VPSidebar, .VPDocFooter, .aside'

// As text: functions that are compiled on the way refer to what pages lack.
const look = `(() => {
  const seen = (one) => one.checkVisibility() &&
    one.getBoundingClientRect().height > 0
  const say = (what, elements) =>
    elements.map((one) => what + ' ' + one.outerHTML.slice(0, 120))
  const all = (selector) => [...document.querySelectorAll(selector)]
  const isBlank = (canvas) => {
    const { width, height } = canvas
    const { data } = canvas.getContext('2d').getImageData(0, 0, width, height)
    return !new Uint32Array(data.buffer).some((pixel) => pixel !== 0)
  }
  return [
    ...say('it shows', all(${JSON.stringify(onScreenAlone)}).filter(seen)),
    ...say('it hides what is folded away:', all('main details').filter(seen)
      .flatMap((one) => [...one.querySelectorAll(':scope > :not(summary)')])
      .filter((one) => one.textContent.trim() !== '' && !seen(one))),
    ...say('it shows nothing in', all('main canvas').filter(seen)
      .filter(isBlank)),
  ]
})()`

/** Sentences, one for each thing that paper must not show, or must. */
export async function problemsOnPaper(page: Page): Promise<string[]> {
  await page.emulateMedia({ media: 'print' })
  await page.evaluate(`dispatchEvent(new Event('beforeprint'))`)
  const problems: string[] = await page.evaluate(look)
  await page.evaluate(`dispatchEvent(new Event('afterprint'))`)
  await page.emulateMedia({ media: 'screen' })
  return problems.map((problem) => `on paper ${problem}`)
}
