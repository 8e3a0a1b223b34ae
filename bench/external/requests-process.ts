// The process of our own generator of requests, and of nothing else: its CPU
// time and its event loop are the generator's.

import { performance } from 'node:perf_hooks'

import { encodeHistogram, newHistogram, record } from '../load/histogram.ts'
import { answerCalls } from '../processes/calls.ts'
import type { GeneratedOutcome, ProcessSettings } from './node-tool.ts'
import { makeRequests } from './requests.ts'

const settings: ProcessSettings = JSON.parse(process.argv[2] ?? '')
const target = { ...settings, url: new URL(settings.url) }

answerCalls({
  async run({ seconds }: { seconds: number }): Promise<GeneratedOutcome> {
    const latencies = newHistogram()
    const busyBefore = performance.eventLoopUtilization()
    const cpuBefore = process.cpuUsage()
    const startedAt = performance.now()
    const over = AbortSignal.timeout(seconds * 1_000)
    const counts = await makeRequests(target, over, (ns) =>
      record(latencies, ns),
    )
    const wallMs = performance.now() - startedAt
    const { user, system } = process.cpuUsage(cpuBefore)
    const latency = encodeHistogram(latencies)
    latencies.destroy() // WebAssembly has no garbage collection.
    return {
      ...counts,
      seconds: wallMs / 1_000,
      cpuMs: (user + system) / 1_000,
      utilization: performance.eventLoopUtilization(busyBefore).utilization,
      latency,
    }
  },
})
