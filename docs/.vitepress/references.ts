// The committed results as the site shows them: valid, or the build fails.

import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { type Reference, readReferences } from '../../bench/references.ts'
import { resultsFolder } from '../../bench/results-folder.ts'
import { validator } from '../../bench/schema/validate.ts'

const problemsOf = await validator()
let known: { readonly stamp: string; readonly all: Reference[] } | undefined

/**
 * All committed results, the newest first.
 *
 * @param watch is told each file that was read
 * @throws Error that names the file and what is wrong with it
 */
export function references(watch: (file: string) => void = () => {}) {
  const all = current()
  for (const { file } of all) watch(pathOf(file))
  return all
}

/** Read again when one has changed: parsing all takes longer than a page. */
function current(): Reference[] {
  const stamp = known && stampOf(known.all)
  if (known && stamp === known.stamp) return known.all
  const all = readReferences()
  for (const { file, result } of all) {
    const [problem] = problemsOf(result)
    if (problem)
      throw new Error(
        `bench/results/${file} is no result of the benchmark: ${problem} Measure it again, or take it out.`,
      )
  }
  known = { all, stamp: stampOf(all) }
  return all
}

function stampOf(all: readonly Reference[]): string {
  return all
    .map(({ file }) => {
      const stat = statSync(pathOf(file), { throwIfNoEntry: false })
      return `${file} ${stat?.mtimeMs}`
    })
    .join()
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, resultsFolder))
}
