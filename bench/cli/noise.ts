// What this machine does on its own, as `npm run bench -- aa` has found it:
// kept with the reader's results, and drawn into the next ones.

import { readFile } from 'node:fs/promises'

import { localResults } from '../results-folder.ts'
import { writeWhole } from '../session.ts'

const file = new URL('noise.json', localResults)

/** In per cent, by `scenario/metric`; undefined before the first A/A run. */
export async function readNoise(): Promise<Record<string, number> | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return undefined // There is none yet, or somebody broke it.
  }
}

/** Keeps what was found, beside what is known of other scenarios. */
export async function writeNoise(noise: Record<string, number>): Promise<void> {
  const all = { ...(await readNoise()), ...noise }
  await writeWhole(file, `${JSON.stringify(all, undefined, 2)}\n`)
}
