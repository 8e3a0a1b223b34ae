// What the comparison of the tools leaves behind: every run, and a row for each
// tool and endpoint.

import type { EndpointId } from './polled-server.ts'
import type { Skipped } from './tool.ts'

export interface ExternalResult {
  readonly rounds: number
  readonly seconds: number
  readonly connections: number
  readonly seed: number
  /** False when it was ended before its last run. */
  readonly complete: boolean
  readonly tools: readonly { readonly id: string; readonly version: string }[]
  readonly skipped: readonly Skipped[]
  readonly runs: readonly ExternalRun[]
  readonly rows: readonly ExternalRow[]
}

/** One run: figures, or the reason why there are none. */
export interface ExternalRun {
  readonly endpoint: EndpointId
  readonly tool: string
  /** From 1. */
  readonly round: number
  /** Its place among all runs, from 1. */
  readonly order: number
  readonly figures?: ExternalFigures
  readonly failure?: string
}

export interface ExternalFigures {
  readonly requests: number
  readonly requestsPerS: number
  /** In cores: 1 is one core all the time. */
  readonly toolCpu: number
  readonly serverCpu: number
  /** The share of time in which the server's event loop was busy: 0 to 1. */
  readonly serverUtilization: number
  readonly limit: Limit
  /** Of our own generator only. */
  readonly utilization?: number
  /** Of our own generator only: HDR histogram of ns, V2, compressed, base64. */
  readonly latency?: string
}

/**
 * Who used more than 0.9 of a core, and so could not go faster. On a machine
 * that others use it may be `neither`: then a server whose event loop was busy
 * all the time was not given its core.
 */
export type Limit = 'server' | 'generator' | 'both' | 'neither'

export interface ExternalRow {
  readonly endpoint: EndpointId
  readonly tool: string
  /** Rounds that count. */
  readonly rounds: number
  readonly requestsPerS: Spread
  /** To autocannon in the same rounds: the median of the rounds' ratios. */
  readonly ratioToAutocannon?: Spread
  readonly toolCpu: Spread
  readonly serverCpu: Spread
  readonly serverUtilization: Spread
  readonly limits: Readonly<Partial<Record<Limit, number>>>
  /** Of the rounds that do not count, each once. */
  readonly failures: readonly string[]
}

export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}
