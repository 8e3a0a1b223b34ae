// Builds the site before its tests, once for all of them.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

import { build } from './build.ts'

/** Where it will have been published: not at the root of its host. */
export const publishedBase = '/http-push-workbook/'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder of the site that lies at the root. */
    builtSite: string
    /** That of the one below `publishedBase`. */
    publishedSite: string
  }
}

export default async function setup(project: TestProject) {
  const folder = await mkdtemp(join(tmpdir(), 'workbook-site-'))
  const atRoot = join(folder, 'at-root')
  const below = join(folder, 'below')
  // Two at a time: each keeps one core busy, and nothing else runs yet.
  await Promise.all([
    build({ folder: atRoot, base: '/' }),
    build({ folder: below, base: publishedBase }),
  ])
  project.provide('builtSite', atRoot)
  project.provide('publishedSite', below)
  return () => rm(folder, { recursive: true, force: true })
}
