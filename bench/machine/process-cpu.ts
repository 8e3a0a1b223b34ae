// How much CPU time this process has used since it started, with the programs
// that it started, such as a browser.

import { readdirSync, readFileSync } from 'node:fs'

/** User and system, in ms. Others than Linux do not tell of children. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000 + cpuOfDescendantsMs(process.pid)
}

/** Linux counts in ticks of 10 ms, whatever its own timer does. */
const tickMs = 10

interface Process {
  readonly parent: number
  readonly cpuMs: number
}

/** Of those that run, and of those that ended before them. */
function cpuOfDescendantsMs(pid: number): number {
  if (process.platform !== 'linux') return 0
  const all = readProcesses()
  const isBelow = (one: Process): boolean => {
    if (one.parent === pid) return true
    const parent = all.get(one.parent)
    return parent !== undefined && isBelow(parent)
  }
  return [...all.values()]
    .filter(isBelow)
    .reduce((sum, { cpuMs }) => sum + cpuMs, 0)
}

function readProcesses(): Map<number, Process> {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return new Map(
    ids.flatMap((id): [number, Process][] => {
      try {
        return [
          [Number(id), parseProcess(readFileSync(`/proc/${id}/stat`, 'utf8'))],
        ]
      } catch {
        return [] // It has ended meanwhile.
      }
    }),
  )
}

/**
 * A line of /proc/[pid]/stat: the name is in brackets and may hold anything.
 * https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export function parseProcess(text: string): Process {
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const [user, system, userOfEnded, systemOfEnded] = fields.slice(11, 15)
  const ticks =
    (user ?? 0) + (system ?? 0) + (userOfEnded ?? 0) + (systemOfEnded ?? 0)
  return { parent: fields[1] ?? 0, cpuMs: ticks * tickMs }
}
