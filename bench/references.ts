// The reference results that are committed: what the write-ups and the site say.

import { readdir, readFile } from 'node:fs/promises'

import type { Cell, Result } from './result.ts'
import { resultsFolder } from './session.ts'

export interface Reference {
  /** Its name in `results/`. */
  readonly file: string
  readonly result: Result
}

/** All committed results, the newest first. */
export async function loadReferences(
  folder = resultsFolder,
): Promise<Reference[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'))
  const all = await Promise.all(
    names.map(async (file): Promise<Reference> => {
      const text = await readFile(new URL(file, folder), 'utf8')
      return { file, result: JSON.parse(text) }
    }),
  )
  return all.sort((a, b) =>
    b.result.startedAt.localeCompare(a.result.startedAt),
  )
}

/** A cell, and the result that it stands in. */
export interface ReferenceCell extends Reference {
  readonly cell: Cell
}

/** The newest cell of each kind; a file that was ended early counts like others. */
export function findCell(
  references: readonly Reference[],
  scenario: string,
  variant: string,
  contestant: string,
): ReferenceCell | undefined {
  for (const { file, result } of references) {
    const cell = result.cells.find(
      (one) =>
        one.scenario === scenario &&
        one.variant === variant &&
        one.contestant === contestant,
    )
    if (cell) return { file, result, cell }
  }
  return undefined
}
