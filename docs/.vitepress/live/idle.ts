// Waits until the browser has done what is more urgent.

/** How long the page may be busy before we no longer wait. */
const patienceMs = 2_000

export function idle(): Promise<void> {
  return new Promise((resolve) => {
    // Safari has no such call yet.
    if ('requestIdleCallback' in window)
      requestIdleCallback(() => resolve(), { timeout: patienceMs })
    else setTimeout(resolve, patienceMs / 4)
  })
}
