/** `setTimeout` counts in 32 bits, and takes what is longer for 1 ms. */
const longestMs = 2 ** 31 - 1

/** Resolves after `ms` milliseconds, or when `signal` aborts. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wakeUp = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', wakeUp)
      resolve()
    }
    const timer = setTimeout(wakeUp, Math.min(ms, longestMs))
    if (signal?.aborted) return wakeUp()
    signal?.addEventListener('abort', wakeUp)
  })
}
