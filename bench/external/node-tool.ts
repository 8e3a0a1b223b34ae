// A tool that is a Node program of ours: it stays for all runs on one server,
// so its code is warm when it counts.

import { BenchProcess } from '../processes/child.ts'
import type { Outcome, Target } from './outcome.ts'
import type { RunningTool } from './tool.ts'

export interface ProcessSettings {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly connections: number
}

/** What our own generator knows beyond what every tool says. */
export interface GeneratedOutcome extends Outcome {
  /** Of its event loop: 0 to 1. */
  readonly utilization: number
  /** HDR histogram of ns, V2, compressed, base64. */
  readonly latency: string
}

type Calls = {
  run(argument: { seconds: number }): Promise<Outcome | GeneratedOutcome>
}

/** @param file in this folder */
export function nodeTool(
  file: string,
  target: Target,
  signal: AbortSignal,
): RunningTool {
  const settings: ProcessSettings = { ...target, url: target.url.href }
  const child = new BenchProcess<Calls>(`../external/${file}`, {
    settings,
    signal,
  })
  return {
    run: (seconds) => child.ask('run', { seconds }, (seconds + graceS) * 1_000),
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  }
}

/** How much longer than asked for a tool may take. */
const graceS = 15
