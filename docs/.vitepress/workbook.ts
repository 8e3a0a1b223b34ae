// What the pages say of the lessons, read from the lessons themselves.

import { tsImport } from 'tsx/esm/api'

import type { NumberedLesson } from '../../lessons/index.ts'
import type { Requirement } from '../../lessons/requirements/requirement.ts'
import { root } from './root.ts'

// Not by `import` statements: what the configuration imports, VitePress watches,
// and it would start over at each edit of a lesson. Not by `import()` either:
// not every process that reads the configuration knows TypeScript.
const load = (path: string) =>
  tsImport(new URL(path, root).href, import.meta.url)

const { loadLessons } = (await load(
  'lessons/index.ts',
)) as typeof import('../../lessons/index.ts')
const all = (await load(
  'lessons/requirements/index.ts',
)) as typeof import('../../lessons/requirements/index.ts')

/** In the order of their numbers. */
export const lessons: readonly NumberedLesson[] = await loadLessons()

/** From the plainest to the least. */
export const requirements: readonly Requirement[] = all.requirements
