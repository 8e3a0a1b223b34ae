// How busy this machine is.
import { cpus, freemem, totalmem } from 'node:os'

/**
 * Tells how much of all processors was in use since it was last asked: at this
 * moment, unlike the load average, which is of a minute, and always 0 on
 * Windows.
 */
export function cpuMeter(): () => number {
  let before = cpuTimes()
  return () => {
    const now = cpuTimes()
    const total = now.total - before.total
    const idle = now.idle - before.idle
    before = now
    // Asked twice within one tick of the system's clock, nothing has passed.
    return total > 0 ? (1 - idle / total) * 100 : 0
  }
}

/** How much of the memory no program could have without somebody giving it up. */
export function memoryPercent(): number {
  return (1 - freemem() / totalmem()) * 100
}

function cpuTimes(): { idle: number; total: number } {
  let idle = 0
  let total = 0
  for (const { times } of cpus()) {
    idle += times.idle
    for (const ms of Object.values(times)) total += ms
  }
  return { idle, total }
}
