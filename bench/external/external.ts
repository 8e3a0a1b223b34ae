// Our generator of requests beside those that others know, on the same server:
// what only one tool says may be the tool's own figure.

import { randomNumbers } from '../../lessons/requirements/random.ts'
import { shuffled } from '../statistics/shuffled.ts'
import type { ExternalResult, ExternalRun } from './external-result.ts'
import { findTools } from './find-tools.ts'
import { endpoints } from './polled-server.ts'
import { runOnce } from './run-once.ts'
import { summarize } from './summarize.ts'
import type { Skipped } from './tool.ts'

export interface ExternalOptions {
  readonly rounds: number
  /** A whole number, of each run. */
  readonly seconds: number
  readonly connections: number
  /** Orders the runs of each round: the same seed gives the same order. */
  readonly seed: number
  /** Ends all runs; the result then has those that were finished. */
  readonly signal: AbortSignal
  readonly tell: (event: ExternalEvent) => void
}

export type ExternalEvent =
  | ({ readonly is: 'skipped' } & Skipped)
  | { readonly is: 'run'; readonly run: ExternalRun; readonly of: number }

export async function runExternal(
  options: ExternalOptions,
): Promise<ExternalResult> {
  const { rounds, seconds, connections, seed, signal, tell } = options
  const random = randomNumbers(seed)
  const runs: ExternalRun[] = []
  const facts = { rounds, seconds, connections, seed }
  try {
    const { tools, skipped } = await findTools(signal)
    for (const one of skipped) tell({ is: 'skipped', ...one })
    const pairs = endpoints.flatMap((endpoint) =>
      tools.map((tool) => ({ endpoint, tool })),
    )
    const result = () => ({
      ...facts,
      complete: runs.length === rounds * pairs.length,
      tools: tools.map(({ id, version }) => ({ id, version })),
      skipped,
      runs,
      rows: summarize(runs),
    })
    for (let round = 1; round <= rounds; round++) {
      // Shuffled, so that no tool always follows the same other one.
      for (const { endpoint, tool } of shuffled(pairs, random)) {
        const order = runs.length + 1
        const asked = { endpoint, tool, seconds, connections, signal }
        const outcome = await runOnce(asked)
        if (signal.aborted) return result()
        const run = { endpoint, tool: tool.id, round, order, ...outcome }
        runs.push(run)
        tell({ is: 'run', run, of: rounds * pairs.length })
      }
    }
    return result()
  } catch (error) {
    if (!signal.aborted) throw error
    const nothing = { tools: [], skipped: [], runs: [], rows: [] }
    return { ...facts, complete: false, ...nothing }
  }
}
