// A tool that is a program of this machine: found on PATH, run by a shell that
// tells its CPU time, ended with all that it has started.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'

export interface Finished {
  readonly code: number | null
  readonly printed: string
  /** CPU time, user and system. */
  readonly cpuMs: number
}

/** @returns its path, or undefined when PATH has none */
export async function findProgram(
  name: string,
  path = process.env.PATH ?? '',
): Promise<string | undefined> {
  for (const folder of path.split(delimiter)) {
    if (folder === '') continue
    const file = join(folder, name)
    const runs = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (runs) return file
  }
  return undefined
}

/**
 * POSIX has a shell tell the CPU time of its children when they have ended: no
 * other process can look at it as late as that.
 * https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#times
 */
const script = '"$@"; code=$?; times >&3; exit $code'

/** @throws Error when the signal aborts, or it takes longer than `limitMs` */
export async function runProgram(
  file: string,
  args: readonly string[],
  { signal, limitMs }: { signal: AbortSignal; limitMs: number },
): Promise<Finished> {
  const late = AbortSignal.timeout(limitMs)
  const ending = AbortSignal.any([signal, late])
  ending.throwIfAborted()
  // A group of its own: what ends the shell has to end the program as well.
  const child = spawn('/bin/sh', ['-c', script, 'sh', file, ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const end = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {} // It has just ended by itself.
  }
  ending.addEventListener('abort', end)
  try {
    const [out, err, times] = child.stdio.slice(1) as Readable[]
    const [[code], printed, errors, told] = await Promise.all([
      once(child, 'close') as Promise<[number | null]>,
      ...[out, err, times].map((stream) => text(stream as Readable)),
    ] as const)
    ending.throwIfAborted()
    return { code, printed: `${printed}${errors}`, cpuMs: cpuMsOf(`${told}`) }
  } finally {
    ending.removeEventListener('abort', end)
  }
}

/** The second line is of the children: `0m0.41s 1m1.02s`. */
export function cpuMsOf(times: string): number {
  const [, children = ''] = times.split('\n')
  let ms = 0
  for (const [, minutes, seconds] of children.matchAll(/(\d+)m([\d.]+)s/g))
    ms += Number(minutes) * 60_000 + Number(seconds) * 1_000
  return ms
}
