// What measuring itself costs: not a known answer, but to be known.

import { loadContestant } from '../contestants.ts'
import { clockFrom } from '../load/clock.ts'
import { MarkScanner, markedData } from '../load/mark.ts'
import { Window } from '../load/window.ts'
import { Rig } from '../rig.ts'

/** CPU time, in us, that one delivery takes to be found in its bytes, stamped and recorded. */
export function recordingUs(messages = 500_000): number {
  const clock = clockFrom(String(process.hrtime.bigint()))
  const window = new Window(clock, 0, messages, 1)
  const scanner = new MarkScanner((number, dueNs, publishedNs) =>
    window.receive(0, number, dueNs, publishedNs),
  )
  const chunks = Array.from({ length: messages }, (_, number) =>
    Buffer.from(markedData(number, 0, 0, 64)),
  )
  const before = process.cpuUsage()
  for (const chunk of chunks) scanner.push(chunk)
  const { user, system } = process.cpuUsage(before)
  window.close()
  return (user + system) / messages
}

export interface Capacity {
  readonly deliveriesPerS: number
  /** How busy the processes were: 0 to 1. */
  readonly generator: number
  readonly server: number
}

/** Raw TCP to 100 subscribers, 1,000 messages a second: who has no time left? */
export async function capacity(signal: AbortSignal): Promise<Capacity> {
  await using rig = await Rig.start({
    contestant: await loadContestant('raw-tcp'),
    tls: false,
    pollEveryMs: 200,
    reader: 'lean',
    signal,
  })
  await rig.subscribe(100)
  const load = { ratePerS: 1_000, bytes: 64 }
  await rig.window({ ...load, seconds: 1 })
  const { counts, evidence } = await rig.window({ ...load, seconds: 2 })
  return {
    deliveriesPerS: counts.received / (evidence.scheduleS?.took ?? 2),
    generator: evidence.generator?.utilization ?? Number.NaN,
    server: evidence.server?.utilization ?? Number.NaN,
  }
}
