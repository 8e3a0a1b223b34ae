// For tests: which processes are there.

import { spawnSync } from 'node:child_process'

/** The command lines that hold `text`, of all processes or of one's children. */
export function processes(text: string, parent?: number): string[] {
  const { stdout } = spawnSync('ps', ['-A', '-ww', '-o', 'ppid=,args='])
  return `${stdout}`
    .split('\n')
    .filter(
      (line) => parent === undefined || Number.parseInt(line, 10) === parent,
    )
    .filter((line) => line.includes(text))
}
