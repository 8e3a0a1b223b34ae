// `npm run sync`: brings the code in the write-ups in step with the files.
// With `--check` it only says what has drifted.

import { readFile, writeFile } from 'node:fs/promises'

import { Command } from 'commander'

import { loadLessons } from '../lessons/index.ts'
import { requireNode } from './node-version.ts'
import { withRegions } from './regions.ts'

requireNode()

const { check } = new Command('sync')
  .description('Bring the code in the write-ups in step with the files.')
  .option('--check', 'change nothing, and fail if something has drifted')
  .parse()
  .opts<{ check?: boolean }>()

for (const { folder } of await loadLessons()) {
  const page = new URL(`../lessons/${folder}/README.md`, import.meta.url)
  const text = await readFile(page, 'utf8')
  const synced = await withRegions(text, page)
  if (synced === text) continue
  if (check) {
    console.error(
      `lessons/${folder}/README.md shows code that has changed. Run npm run sync.`,
    )
    process.exitCode = 1
  } else {
    await writeFile(page, synced)
    console.log(`lessons/${folder}/README.md is in step again`)
  }
}
