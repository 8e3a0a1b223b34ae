// A deadline that a busy machine does not pass for the reader's code.

/** Short against every deadline, long against what one turn of the loop takes. */
const tickMs = 50

/** However busy the machine is: at some time it is over. */
const mostTimesAsLong = 8

export interface SteadyDeadline extends Disposable {
  /** Aborts when the time is over. */
  readonly signal: AbortSignal
}

/**
 * Aborts after `ms` in which this process could run. Its clock is a timer that
 * counts one tick however late it comes: what other programs take from the
 * processor is not counted, eight times as long at most.
 */
export function steadyDeadline(ms: number): SteadyDeadline {
  const controller = new AbortController()
  const startMs = performance.now()
  let ticksLeft = Math.ceil(ms / tickMs)
  const timer = setInterval(() => {
    ticksLeft--
    const tookMs = performance.now() - startMs
    if (ticksLeft > 0 && tookMs < ms * mostTimesAsLong) return
    clearInterval(timer)
    controller.abort()
  }, tickMs)
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => clearInterval(timer),
  }
}
