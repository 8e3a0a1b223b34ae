// How late this process gets to what is due.
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'

const resolutionMs = 20

/**
 * The worst delay of the event loop since the reading before the last.
 *
 * A monitor that is reset sees nothing until its timer has fired twice: not
 * what runs just after each reading, such as the delivery of the reading itself
 * to all subscribers. So there are two, read and reset by turns.
 */
export class EventLoopDelay {
  #current = monitor()
  #other = monitor()

  constructor(signal: AbortSignal) {
    const monitors = [this.#current, this.#other]
    const stop = () => monitors.map((one) => one.disable())
    signal.addEventListener('abort', stop, { once: true })
  }

  worstMs(): number {
    const { max } = this.#current
    this.#current.reset()
    const read = this.#current
    this.#current = this.#other
    this.#other = read
    // The monitor measures the time between two firings of its timer, not how
    // late they are. Without any, `max` is 0.
    return Math.max(0, max / 1e6 - resolutionMs)
  }
}

function monitor(): IntervalHistogram {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs })
  histogram.enable()
  return histogram
}
