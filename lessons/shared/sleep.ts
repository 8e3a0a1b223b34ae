/** Resolves after `ms` milliseconds, or when `signal` aborts. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wakeUp = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', wakeUp)
      resolve()
    }
    const timer = setTimeout(wakeUp, ms)
    if (signal?.aborted) return wakeUp()
    signal?.addEventListener('abort', wakeUp)
  })
}
