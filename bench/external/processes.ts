// For tests: which processes are there.

import { spawnSync } from 'node:child_process'

export interface Process {
  readonly pid: number
  readonly command: string
}

/** Those whose command line holds `text`, of all or of one's children. */
export function processes(text: string, parent?: number): Process[] {
  const { stdout } = spawnSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='])
  return `${stdout}`
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [])
    .filter(
      ([, , ppid, command]) =>
        command?.includes(text) &&
        (parent === undefined || Number(ppid) === parent),
    )
    .map(([, pid, , command = '']) => ({ pid: Number(pid), command }))
}
