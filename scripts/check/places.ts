// Places in the reader's code: of an error, and of the line to look at.
import { fileURLToPath } from 'node:url'
import type { Place } from './messages.ts'

/** The repository's folder: places are told from there. */
export const root = new URL('../../', import.meta.url)

/** A file as it is told, with `/` on every system. */
export function fromRoot(file: URL): string {
  return decodeURI(file.href.replace(root.href, ''))
}

/** An exercise's own checks lie beside the reader's files, and are no place to look at. */
const checks = /\/checks\.ts$/

/** The lines of an error's stack that lie in `folder`, innermost first. */
export function placesIn(error: unknown, folder: URL): Place[] {
  if (!(error instanceof Error)) return []
  const places: Place[] = []
  for (const line of (error.stack ?? '').split('\n')) {
    const [, at, number] = /([^\s()]+):(\d+):\d+\)?$/.exec(line) ?? []
    const file = at && normal(at)
    if (!file?.startsWith(fromRoot(folder)) || checks.test(file)) continue
    if (!line.includes('Error:')) places.push({ file, line: Number(number) })
  }
  return places
}

/**
 * The first line of `source` that `look` matches, counted from 1; undefined when
 * none does.
 */
export function lineOf(source: string, look: RegExp): number | undefined {
  const index = source.split('\n').findIndex((line) => look.test(line))
  return index === -1 ? undefined : index + 1
}

/**
 * Why code does not load, on one line: esbuild's own words and place where it
 * does not compile, else what the error says.
 */
export function whyBroken(error: unknown): { says: string; place?: Place } {
  if (!(error instanceof Error)) return { says: `${error}` }
  const message = withoutRoot(error.message)
  // A headline, and `<place>: ERROR: <what>` for each one.
  const [, file = '', line, what] =
    /^(.+?):(\d+):\d+: ERROR: (.+)$/m.exec(message) ?? []
  if (what !== undefined) {
    const place = { file: normal(file), line: Number(line) }
    return { says: `it does not compile: ${what}`, place }
  }
  const [first = ''] = message.split('\n')
  return { says: `${error.name}: ${first}` }
}

/** Paths as they are told, not as they are on this machine. */
export function withoutRoot(text: string): string {
  return text.replaceAll(root.href, '').replaceAll(fileURLToPath(root), '')
}

function normal(file: string): string {
  return withoutRoot(file).replaceAll('\\', '/')
}
