// Tab goes to every control of a page, and each shows that it is there.

import type { CDPSession, Page } from 'playwright-core'

// As text: functions that are compiled on the way refer to what pages lack.
const prepare = `(() => {
  const names = new Set()
  const controls = [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex]',
  )].filter((one) => one.tabIndex >= 0 && !one.disabled &&
    one.checkVisibility({ visibilityProperty: true }))
    // Radio buttons of one name are one stop.
    .filter(({ type, name }) => type !== 'radio' ||
      (!names.has(name) && names.add(name)))
  const styleOf = (one) => {
    const { backgroundColor, borderColor, boxShadow, color } =
      getComputedStyle(one)
    return [backgroundColor, borderColor, boxShadow, color].join()
  }
  const styles = new Map(controls.map((one) => [one, styleOf(one)]))
  const keyOf = (one) => one.type === 'radio' ? 'radio ' + one.name : one
  const reached = new Set()
  const unseen = new Set()
  document.addEventListener('focusin', ({ target }) => {
    reached.add(keyOf(target))
    const { outlineStyle, outlineWidth } = getComputedStyle(target)
    const outlined = outlineStyle !== 'none' && outlineWidth !== '0px'
    if (!outlined && styleOf(target) === styles.get(target)) unseen.add(target)
  })
  const texts = (elements) =>
    [...elements].map((one) => one.outerHTML.slice(0, 160))
  window.walked = () => ({
    unreached: texts(controls.filter((one) => !reached.has(keyOf(one)))),
    unseen: texts(unseen),
  })
  return controls.length
})()`

interface Walked {
  readonly unreached: readonly string[]
  readonly unseen: readonly string[]
}

/** Sentences, one for each control that Tab does not reach, or not visibly. */
export async function problemsByKeyboard(page: Page): Promise<string[]> {
  const controls: number = await page.evaluate(prepare)
  // What can be scrolled is a stop too, and is no control.
  const most = 2 * controls + 50
  const keys = await page.context().newCDPSession(page)
  let walked: Walked = { unreached: [''], unseen: [] }
  for (let step = 0; step < most && walked.unreached.length > 0; ) {
    const presses = step < controls ? Math.min(20, controls - step) : 1
    await pressTab(keys, presses)
    step += presses
    walked = await page.evaluate('walked()')
  }
  await keys.detach()
  return [
    ...walked.unreached.map((one) => `Tab does not reach ${one}`),
    ...walked.unseen.map((one) => `nothing shows the focus of ${one}`),
  ]
}

/** In order, and waited for together: after each wait the page is drawn. */
async function pressTab(keys: CDPSession, times: number): Promise<void> {
  const tab = { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 }
  const sent: Promise<unknown>[] = []
  for (let n = 0; n < times; n++)
    for (const type of ['rawKeyDown', 'keyUp'] as const)
      sent.push(keys.send('Input.dispatchKeyEvent', { type, ...tab }))
  await Promise.all(sent)
}
