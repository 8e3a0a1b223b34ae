// What a tool is to the comparison: something that asks a server for a while.

import type { Outcome, Target } from './outcome.ts'

export interface Tool {
  readonly id: string
  readonly version: string
  start(target: Target, signal: AbortSignal): RunningTool
}

export interface RunningTool extends AsyncDisposable {
  /** @param seconds a whole number: some tools know no others */
  run(seconds: number): Promise<Outcome>
}

/** What is not on this machine. */
export interface Skipped {
  readonly tool: string
  /** As a sentence. */
  readonly reason: string
}

/** The one that all others are compared with. */
export const yardstick = 'autocannon'
