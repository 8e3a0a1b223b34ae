// The tools that are programs of this machine: how each is asked, and where it
// comes from if it is missing.

import { h2loadArguments, h2loadVersion, readH2load } from './h2load.ts'
import { type Outcome, refuseOtherMachines, type Target } from './outcome.ts'
import { runProgram } from './program.ts'
import type { Tool } from './tool.ts'
import { readWrk, wrkArguments, wrkVersion } from './wrk.ts'

export interface Program {
  readonly id: string
  readonly install: string
  readonly version: { readonly args: string[]; readonly pattern: RegExp }
  readonly args: (target: Target, seconds: number) => string[]
  readonly read: (printed: string) => Omit<Outcome, 'cpuMs'>
}

export const programs: readonly Program[] = [
  {
    id: 'wrk',
    install: 'apt-get install wrk',
    version: { args: ['-v'], pattern: wrkVersion },
    args: wrkArguments,
    read: readWrk,
  },
  {
    id: 'h2load',
    install: 'apt-get install nghttp2-client',
    version: { args: ['--version'], pattern: h2loadVersion },
    args: h2loadArguments,
    read: readH2load,
  },
]

/** How much longer than asked for a program may take. */
const graceMs = 15_000

/** The tool that `file` is, once it has told its version. */
export async function programTool(
  { id, version, args, read }: Program,
  file: string,
  signal: AbortSignal,
): Promise<Tool> {
  const { printed } = await runProgram(file, version.args, {
    signal,
    limitMs: graceMs,
  })
  return {
    id,
    version: version.pattern.exec(printed)?.[1] ?? 'unknown',
    start(target, signal) {
      refuseOtherMachines(target.url)
      return {
        async run(seconds) {
          const limitMs = seconds * 1_000 + graceMs
          const limits = { signal, limitMs }
          const ended = await runProgram(file, args(target, seconds), limits)
          if (ended.code !== 0)
            throw new Error(
              `${id} ended with ${ended.code}: ${ended.printed.trim().slice(0, 200)}`,
            )
          return { ...read(ended.printed), cpuMs: ended.cpuMs }
        },
        async [Symbol.asyncDispose]() {}, // Each run has ended already.
      }
    },
  }
}
