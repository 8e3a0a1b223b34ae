// What the pages say of the lessons, read from the lessons themselves.

import { tsImport } from 'tsx/esm/api'

import type { Check } from '../../lessons/exercise.ts'
import type { NumberedLesson, NumberedPractice } from '../../lessons/index.ts'
import type { Requirement } from '../../lessons/requirements/requirement.ts'
import { root } from './root.ts'

// Not by `import` statements: what the configuration imports, VitePress watches,
// and it would start over at each edit of a lesson. Not by `import()` either:
// not every process that reads the configuration knows TypeScript.
const load = (path: string) =>
  tsImport(new URL(path, root).href, import.meta.url)

const { loadLessons, loadPractices } = (await load(
  'lessons/index.ts',
)) as typeof import('../../lessons/index.ts')
const all = (await load(
  'lessons/requirements/index.ts',
)) as typeof import('../../lessons/requirements/index.ts')

const { checkOf, loadExercises } = (await load(
  'lessons/exercises.ts',
)) as typeof import('../../lessons/exercises.ts')

/** The transports, in the order of their numbers. */
export const lessons: readonly NumberedLesson[] = await loadLessons()

/** What all transports meet in practice, numbered after them. */
export const practices: readonly NumberedPractice[] = await loadPractices()

/** From the plainest to the least. */
export const requirements: readonly Requirement[] = all.requirements

/** What the steps of each lesson's exercise check, by the lesson's folder. */
export const exercises: ReadonlyMap<string, readonly Check[]> = new Map(
  (await loadExercises()).map(({ lesson, steps }) => [
    lesson,
    steps.map(checkOf),
  ]),
)
