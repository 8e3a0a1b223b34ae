// A lesson's own file with some edits, as a module elsewhere: for the tests that
// put one fault at a time into the solution.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Edit } from '../../lessons/exercise.ts'

export interface Mutant extends Disposable {
  readonly url: string
}

/** @throws Error when the file does not have a text exactly once */
export function mutate(file: URL, put: readonly Edit[]): Mutant {
  const source = edited(readFileSync(file, 'utf8'), put)
  const folder = mkdtempSync(join(tmpdir(), 'workbook-mutant-'))
  const copy = join(folder, 'mutant.mts')
  writeFileSync(copy, standingElsewhere(source, file))
  return {
    url: pathToFileURL(copy).href,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export function edited(source: string, put: readonly Edit[]): string {
  let text = source
  for (const [find, replace] of put) {
    const count = text.split(find).length - 1
    if (count !== 1)
      throw new Error(
        `The file must have this once, has it ${count} times: ${find}`,
      )
    text = text.replace(find, () => replace)
  }
  return text
}

/** What it imports, and where it says that it is, stays as it was. */
function standingElsewhere(source: string, file: URL): string {
  return source
    .replace(/(from |import |import\()'([^']+)'/g, (all, before, name) =>
      isBuiltin(name) ? all : `${before}'${resolved(name, file)}'`,
    )
    .replaceAll('import.meta.url', JSON.stringify(file.href))
}

function resolved(name: string, file: URL): string {
  return name.startsWith('.')
    ? new URL(name, file).href
    : import.meta.resolve(name)
}
