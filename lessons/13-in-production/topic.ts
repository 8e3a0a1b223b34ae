// A topic of this lesson: a folder with a `topic.ts`, and a section of the
// write-up that has its name.

import { readdirSync } from 'node:fs'

export interface Topic {
  /** What it shows, in half a sentence. */
  readonly about: string
  /** Shows it in the terminal. Resolves when all is shown, or when `signal` aborts. */
  run(signal: AbortSignal): Promise<void>
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
