// Waits for a moment in which nobody else uses the machine.

import { setTimeout as sleep } from 'node:timers/promises'

import { CpuWatch } from './cpu-use.ts'

export interface QuietOptions {
  readonly signal?: AbortSignal | undefined
  readonly windowMs?: number
  readonly tries?: number
  /** CPUs that others may keep busy. */
  readonly mostForeign?: number
}

type Look = (windowMs: number, signal?: AbortSignal) => Promise<number>

/**
 * Resolves as soon as one window is quiet, or after as many as there are
 * tries, with the CPUs that others used in the last: the run itself decides
 * whether that spoils it.
 */
export async function waitForQuiet(
  { signal, windowMs = 250, tries = 3, mostForeign = 0.15 }: QuietOptions = {},
  look: Look = foreignCpus,
): Promise<number> {
  let foreign = await look(windowMs, signal)
  for (let left = tries - 1; left > 0 && foreign > mostForeign; left--)
    foreign = await look(windowMs, signal)
  return foreign
}

/** Only this process is ours: it is to be called with no other one at work. */
async function foreignCpus(
  windowMs: number,
  signal?: AbortSignal,
): Promise<number> {
  const watch = CpuWatch.start()
  const before = process.cpuUsage()
  await sleep(windowMs, undefined, { signal })
  const { user, system } = process.cpuUsage(before)
  return watch.stop((user + system) / 1_000).foreignCpus
}
