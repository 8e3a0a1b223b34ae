// `npm run sync`: brings the code in the write-ups in step with the files, and
// their figures with the committed results. With `--check` it only says what has
// drifted.

import { readFile, writeFile } from 'node:fs/promises'

import { Command } from 'commander'

import { withCosts } from '../bench/lesson-costs.ts'
import { readReferences } from '../bench/references.ts'
import { withFigures } from '../bench/scenario-tables.ts'
import { lessonFolders } from '../lessons/index.ts'
import { requireNode } from './node-version.ts'
import { withRegions } from './regions.ts'

requireNode()

const { check } = new Command('sync')
  .description(
    'Bring code and figures in the write-ups in step with the files.',
  )
  .option('--check', 'change nothing, and fail if something has drifted')
  .parse()
  .opts<{ check?: boolean }>()

const references = readReferences()
for (const folder of await lessonFolders()) {
  const page = new URL(`../lessons/${folder}/README.md`, import.meta.url)
  const text = await readFile(page, 'utf8')
  const code = await withRegions(text, page)
  const costs = withCosts(code, folder, references)
  const synced = withFigures(costs, references)
  if (synced === text) continue
  if (check) {
    console.error(
      `lessons/${folder}/README.md shows code or figures that have changed. Run npm run sync.`,
    )
    process.exitCode = 1
  } else {
    await writeFile(page, synced)
    console.log(`lessons/${folder}/README.md is in step again`)
  }
}
