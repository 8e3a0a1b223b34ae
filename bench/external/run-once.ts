// One run: one tool on one endpoint of a server that nobody has asked before.

import type { ExternalFigures, Limit } from './external-result.ts'
import type { GeneratedOutcome } from './node-tool.ts'
import { failureOf, type Outcome } from './outcome.ts'
import {
  type EndpointId,
  type ServerReading,
  startPolledServer,
  targetOf,
} from './polled-server.ts'
import type { Tool } from './tool.ts'

/** Both sides compile what they use often: that is over within a second. */
const warmUpS = 1

/** Above it a side had no time left, but for what the system needs. */
const busyCpu = 0.9

export interface RunOnce {
  readonly endpoint: EndpointId
  readonly tool: Tool
  readonly seconds: number
  readonly connections: number
  readonly signal: AbortSignal
}

/** Never throws: what fails is told as a sentence. */
export async function runOnce(
  asked: RunOnce,
): Promise<{ figures: ExternalFigures } | { failure: string }> {
  const { endpoint, tool, seconds, connections, signal } = asked
  try {
    await using server = startPolledServer(signal)
    const target = targetOf(
      endpoint,
      await server.ask('read', null),
      connections,
    )
    await using running = tool.start(target, signal)
    await running.run(warmUpS)
    const before = await server.ask('read', null)
    const outcome = await running.run(seconds)
    const after = await server.ask('read', null)
    const failure = failureOf(outcome)
    if (failure !== undefined) return { failure }
    return { figures: figuresOf(outcome, before, after) }
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }
}

function figuresOf(
  outcome: Outcome & Partial<GeneratedOutcome>,
  before: ServerReading,
  after: ServerReading,
): ExternalFigures {
  const { requests, seconds, cpuMs, utilization, latency } = outcome
  const toolCpu = cpuMs / 1_000 / seconds
  const serverCpu = (after.cpuMs - before.cpuMs) / 1_000 / seconds
  const busyMs = after.busyMs - before.busyMs
  return {
    requests,
    requestsPerS: requests / seconds,
    toolCpu,
    serverCpu,
    serverUtilization: busyMs / (busyMs + after.idleMs - before.idleMs),
    limit: limitOf(toolCpu, serverCpu),
    utilization,
    latency,
  }
}

export function limitOf(toolCpu: number, serverCpu: number): Limit {
  if (toolCpu > busyCpu && serverCpu > busyCpu) return 'both'
  if (serverCpu > busyCpu) return 'server'
  return toolCpu > busyCpu ? 'generator' : 'neither'
}
