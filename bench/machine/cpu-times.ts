// How long this machine's CPUs have been at work since it started.

import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'

export interface CpuTimes {
  /** Of programs and the kernel on their behalf, all CPUs together. */
  readonly busyMs: number
  /** What the host gave to others; absent where the system does not tell. */
  readonly stolenMs?: number
}

/** Linux counts in ticks of 10 ms, whatever its own timer does. */
const tickMs = 10

/**
 * Reads the first line of /proc/stat. Time in interrupts is left out: loopback
 * traffic runs there, so it is our own, and no process is charged for it. Time
 * of guests is in `user` already.
 */
export function parseStat(text: string): CpuTimes {
  const line = /^cpu +(.*)$/m.exec(text)?.[1]
  if (line === undefined) throw new Error('no line for all CPUs in /proc/stat')
  const [user = 0, nice = 0, system = 0, , , , , steal] = line
    .split(' ')
    .map((ticks) => Number(ticks) * tickMs)
  const busyMs = user + nice + system
  return steal === undefined ? { busyMs } : { busyMs, stolenMs: steal }
}

export function readCpuTimes(): CpuTimes {
  if (process.platform === 'linux')
    return parseStat(readFileSync('/proc/stat', 'utf8'))
  const busy = cpus().map(({ times }) => times.user + times.nice + times.sys)
  return { busyMs: busy.reduce((sum, ms) => sum + ms, 0) }
}
