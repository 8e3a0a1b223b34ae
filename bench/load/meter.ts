// What this process uses while it is measured.

import {
  type IntervalHistogram,
  monitorEventLoopDelay,
  PerformanceObserver,
  performance,
} from 'node:perf_hooks'

import type { Usage } from '../result.ts'

export class Meter {
  readonly #delays: IntervalHistogram = monitorEventLoopDelay({
    resolution: 20,
  })
  readonly #collections: PerformanceObserver
  #gcMs = 0
  #cpu = process.cpuUsage()
  #loop = performance.eventLoopUtilization()
  #sinceMs = performance.now()

  constructor() {
    this.#collections = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) this.#gcMs += duration
    })
    this.#collections.observe({ entryTypes: ['gc'] })
    this.#delays.enable()
  }

  /** Counts from now on. */
  start(): void {
    this.#gcMs = 0
    this.#delays.reset()
    this.#cpu = process.cpuUsage()
    this.#loop = performance.eventLoopUtilization()
    this.#sinceMs = performance.now()
  }

  /** @param aside CPU time in ms that is not the work's, such as a pacer's */
  read(aside = 0): Usage {
    const { user, system } = process.cpuUsage(this.#cpu)
    const { rss, heapUsed, external } = process.memoryUsage()
    const wallMs = performance.now() - this.#sinceMs
    return {
      cpuMs: Math.max(0, (user + system) / 1_000 - aside),
      wallMs,
      utilization: performance.eventLoopUtilization(this.#loop).utilization,
      residentKiB: rss / 1_024,
      heapKiB: (heapUsed + external) / 1_024,
      gcMs: this.#gcMs,
      loopDelayP99Ms: this.#delays.count
        ? this.#delays.percentile(99) / 1e6
        : 0,
    }
  }
}
