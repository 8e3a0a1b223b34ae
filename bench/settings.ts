// What the command line may set; what it does not, each scenario chooses.

import type { LinkOptions } from './link/link-options.ts'
import type { Effort } from './result.ts'

export interface Settings {
  readonly effort: Effort
  readonly rounds: number
  /** The quick tour, with nothing said about rounds: scenarios may take fewer. */
  readonly tour?: boolean
  /** How long a window of a schedule lasts. */
  readonly seconds: number
  readonly ratePerS?: number
  readonly subscribers?: number
  /** Of the data of a message. */
  readonly bytes: number
  readonly tls: boolean
  readonly link?: LinkOptions
  /** How often polling clients ask. */
  readonly pollEveryMs: number
}

/** How much each effort takes: `publish` is for figures that others will read. */
export const efforts: Record<Effort, { rounds: number; seconds: number }> = {
  quick: { rounds: 3, seconds: 0.6 },
  normal: { rounds: 10, seconds: 2 },
  publish: { rounds: 15, seconds: 3 },
}

/** The size that wrote itself into everybody's benchmarks: a small JSON object. */
export const usualBytes = 64

/** A fifth of a second: polls that seldom are an average delay of 100 ms. */
export const usualPollMs = 200
