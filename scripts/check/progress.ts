// How far the reader has come: a text file of one line for each lesson, which
// may be deleted to begin anew.
//
//   04-server-sent-events 2/6 at=payload hints=resume:1,payload:2
//   05-websocket 5/5 kept
import { readFileSync, writeFileSync } from 'node:fs'
import { root } from './places.ts'

/** Of one exercise. */
export interface Progress {
  /** How many steps passed, from the first on. */
  readonly passed: number
  readonly steps: number
  /** All steps passed, and all else that the transport has to keep. */
  readonly kept: boolean
  /** The check of the step that the reader is at. */
  readonly at?: string
  /** How many hints were shown, by the check of their step. */
  readonly hints: Readonly<Record<string, number>>
}

/** In the repository's folder, and ignored by git. */
export const progressFile = new URL('.progress.txt', root)

const line = /^(?<lesson>\d\d-[\w-]+) (?<passed>\d+)\/(?<steps>\d+)(?<more>.*)$/

/** By the folders of lessons. */
export function readProgress(): Map<string, Progress> {
  try {
    return parseProgress(readFileSync(progressFile, 'utf8'))
  } catch {
    return new Map() // There is none before the first check.
  }
}

/** What is not understood is left out. */
export function parseProgress(file: string): Map<string, Progress> {
  const all = new Map<string, Progress>()
  for (const text of file.split(/\r?\n/)) {
    const { lesson, passed, steps, more = '' } = line.exec(text)?.groups ?? {}
    if (lesson === undefined) continue
    const [, at] = / at=([\w-]+)/.exec(more) ?? []
    const hints = [...more.matchAll(/([\w-]+):(\d+)/g)].map(
      ([, check, count]) => [check, Number(count)],
    )
    all.set(lesson, {
      passed: Number(passed),
      steps: Number(steps),
      kept: / kept\b/.test(more),
      ...(at !== undefined && { at }),
      hints: Object.fromEntries(hints),
    })
  }
  return all
}

export function formatProgress(all: ReadonlyMap<string, Progress>): string {
  return [...all]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(toLine)
    .join('')
}

/** Of one lesson; nothing was done yet if the file does not have it. */
export function progressOf(lesson: string, steps: number): Progress {
  const known = readProgress().get(lesson)
  return known ?? { passed: 0, steps, kept: false, hints: {} }
}

/** Changes what is written about one lesson. */
export function saveProgress(lesson: string, progress: Progress): void {
  write(readProgress().set(lesson, progress))
}

/** Forgets one lesson. */
export function forgetProgress(lesson: string): void {
  const all = readProgress()
  if (all.delete(lesson)) write(all)
}

function write(all: ReadonlyMap<string, Progress>): void {
  writeFileSync(progressFile, formatProgress(all))
}

function toLine([lesson, { passed, steps, kept, at, hints }]: [
  string,
  Progress,
]): string {
  const shown = Object.entries(hints).map(([check, n]) => `${check}:${n}`)
  const parts = [lesson, `${passed}/${steps}`]
  if (kept) parts.push('kept')
  if (at !== undefined) parts.push(`at=${at}`)
  if (shown.length > 0) parts.push(`hints=${shown.join(',')}`)
  return `${parts.join(' ')}\n`
}
