// A topic of this lesson: a folder with a `topic.ts`, and a section of the
// write-up that has its name.

import { readdirSync } from 'node:fs'

export interface Topic {
  /** What it shows, in half a sentence. */
  readonly about: string
  /** Shows it in the terminal. Resolves when all is shown, or when `signal` aborts. */
  run(signal: AbortSignal): Promise<void>
  /** Measures the same for the chart of the write-up: `npm run record:topics` keeps it. */
  record?(signal: AbortSignal): Promise<Recording>
}

/** What a chart shows, and the words beside it. */
export interface Recording {
  readonly title: string
  readonly shows: string
  readonly hides: string
  /** What stands along the axes. */
  readonly x: string
  readonly y: string
  readonly lines: readonly {
    readonly label: string
    readonly points: readonly (readonly [x: number, y: number])[]
  }[]
}

/** A recording as it is kept: beside its topic, as `recorded.json`. */
export interface Recorded extends Recording {
  readonly command: string
  readonly machine: string
  /** Such as `2026-11-27`. */
  readonly date: string
}

/** The folders of all topics, in the order of the alphabet. */
export function topicNames(): string[] {
  return readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'exercise')
    .map(({ name }) => name)
    .sort()
}

export async function loadTopic(name: string): Promise<Topic> {
  const url = new URL(`${name}/topic.ts`, import.meta.url)
  return (await import(url.href)).default
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
