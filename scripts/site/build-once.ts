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
  const remove = () => rm(folder, { recursive: true, force: true })
  const atRoot = join(folder, 'at-root')
  const below = join(folder, 'below')
  const failure = new AbortController()
  const { signal } = failure
  // Two at a time: each keeps one core busy, and nothing else runs yet.
  const builds = [
    build({ folder: atRoot, base: '/', signal }),
    build({ folder: below, base: publishedBase, signal }),
  ]
  try {
    await Promise.all(builds)
  } catch (error) {
    // Vitest asks for no teardown of what was not set up.
    failure.abort(error)
    await Promise.allSettled(builds)
    await remove()
    throw error
  }
  project.provide('builtSite', atRoot)
  project.provide('publishedSite', below)
  return remove
}
