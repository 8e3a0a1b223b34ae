// The committed results as the site shows them: valid, or the build fails.

import { readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { type Reference, readReferences } from '../../bench/references.ts'
import { resultsFolder } from '../../bench/results-folder.ts'
import { validator } from '../../bench/schema/validate.ts'

/** What is wrong with a result, as sentences. */
export const problemsOf = await validator()

let known: { readonly stamp: string; readonly all: Reference[] } | undefined

/**
 * All committed results, the newest first: the same array while no file changes.
 *
 * @param watch is told each file that was read
 * @throws Error that names the file and what is wrong with it
 */
export function references(
  watch: (file: string) => void = () => {},
  folder = resultsFolder,
): readonly Reference[] {
  const all = current(folder)
  for (const { file } of all) watch(fileURLToPath(new URL(file, folder)))
  return all
}

/** Read again when one has changed: parsing all takes longer than a page. */
function current(folder: URL): Reference[] {
  const stamp = stampOf(folder)
  if (stamp === known?.stamp) return known.all
  const all = readReferences(folder)
  for (const { file, result } of all) {
    const [problem] = problemsOf(result)
    if (problem)
      throw new Error(
        `bench/results/${file} is no result of the benchmark: ${problem} Measure it again, or take it out.`,
      )
  }
  known = { all, stamp }
  return all
}

function stampOf(folder: URL): string {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  const stamps = files.map((file) => {
    const stat = statSync(new URL(file, folder), { throwIfNoEntry: false })
    return `${file} ${stat?.mtimeMs}`
  })
  return [folder.href, ...stamps].join()
}
