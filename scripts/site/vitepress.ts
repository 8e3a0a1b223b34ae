// One run of VitePress, in a process of its own: only what it prints tells of
// some faults, and it changes the environment that it runs in.
//
// `vitepress.ts <folder>`: the folder that the site is built into.

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from 'vitepress'

const docs = fileURLToPath(new URL('../../docs', import.meta.url))
const [outDir] = process.argv.slice(2)
// Two builds at a time would take each other's files away.
const tempDir = join(docs, '.vitepress/.temp', String(process.pid))

try {
  await build(docs, {
    outDir,
    onAfterConfigResolve: (config) => {
      config.tempDir = tempDir
    },
  })
} finally {
  // VitePress leaves it when it fails.
  rmSync(tempDir, { recursive: true, force: true })
}
