/** Runs `action` every `ms` milliseconds until `gone` aborts. */
export function every(ms: number, gone: AbortSignal, action: () => void): void {
  if (gone.aborted) return
  const timer = setInterval(action, ms)
  gone.addEventListener('abort', () => clearInterval(timer), { once: true })
}
