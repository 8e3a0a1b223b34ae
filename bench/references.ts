// The reference results that are committed: what the write-ups and the site say.

import { readdirSync, readFileSync } from 'node:fs'

import type { Cell, Result } from './result.ts'
import { resultsFolder } from './results-folder.ts'

export interface Reference {
  /** Its name in `results/`. */
  readonly file: string
  readonly result: Result
}

/**
 * All committed results, the newest first. Without waiting, since the site asks
 * for them while it renders.
 *
 * @throws Error that names the file which is no JSON
 */
export function readReferences(folder = resultsFolder): Reference[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return names
    .map((file): Reference => {
      const text = readFileSync(new URL(file, folder), 'utf8')
      return { file, result: parse(file, text) }
    })
    .sort((a, b) => b.result.startedAt.localeCompare(a.result.startedAt))
}

function parse(file: string, text: string): Result {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const { message } = cause as Error
    throw new Error(`bench/results/${file} is no JSON: ${message}`, { cause })
  }
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
