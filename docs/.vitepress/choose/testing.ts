// What the tests of the decision pages share: the lessons and what was measured.

import { readReferences } from '../../../bench/references.ts'
import { loadLessons, type NumberedLesson } from '../../../lessons/index.ts'
import type { Measured, MeasuredPoll, MeasuredPush } from './costs.ts'
import { measuredOf } from './measured.ts'

export const lessons: readonly NumberedLesson[] = await loadLessons()

export const references = readReferences()

/** Of the lessons that have all figures. */
export const measured: readonly Measured[] = lessons.flatMap(
  (lesson) => measuredOf(references, lesson) ?? [],
)

export const poll = measured.find(
  (one): one is MeasuredPoll => one.delivery === 'poll',
) as MeasuredPoll

export const pushes = measured.filter(
  (one): one is MeasuredPush => one.delivery !== 'poll',
)
