// The reader's own newest run, which only a served site shows.

import { readdirSync, readFileSync, statSync } from 'node:fs'

import type { Result } from '../../../bench/result.ts'
import { problemsOf } from '../references.ts'

let folder: URL | undefined

/** From now on own runs are shown. */
export function serveOwnRuns(from: URL): void {
  folder = from
}

/** Undefined in the build, and where nothing has been measured yet. */
export function ownRun(): Result | undefined {
  return folder && newestRun(folder)
}

/** The newest run that came to its end. */
export function newestRun(folder: URL): Result | undefined {
  for (const file of newestFirst(folder)) {
    const result = readRun(new URL(file, folder))
    if (result) return result
  }
  return undefined
}

function newestFirst(folder: URL): string[] {
  const timeOf = (file: string) =>
    statSync(new URL(file, folder), { throwIfNoEntry: false })?.mtimeMs ?? 0
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort((a, b) => timeOf(b) - timeOf(a))
  } catch {
    // No folder: no run yet.
    return []
  }
}

/** Undefined for what else lies there: noise, other tools, half a file. */
function readRun(file: URL): Result | undefined {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    // It is still being written, and announced again when it is whole.
    return undefined
  }
  if (problemsOf(value).length > 0) return undefined
  const result = value as Result
  const { complete, command } = result
  // A contestant beside itself is no answer to a question.
  const isNoise = command.startsWith('npm run bench -- aa')
  return complete && !isNoise ? result : undefined
}
