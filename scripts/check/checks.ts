// What is checked of an exercise, in which order.
import { checkOf, type NumberedExercise } from '../../lessons/exercises.ts'
import type { Lesson } from '../../lessons/lesson.ts'
import { requirements } from '../../lessons/requirements/index.ts'
import type { GradeRequest } from './messages.ts'

/** The ids of the steps' checks, from easy to hard. */
export function stepChecks({ steps }: NumberedExercise): string[] {
  return steps.map((step) => checkOf(step).id)
}

/** What the transport has to keep besides: what it cannot keep is not asked for. */
export function otherChecks(
  exercise: NumberedExercise,
  { exceptions = {} }: Lesson,
): string[] {
  const steps = stepChecks(exercise)
  return requirements
    .map(({ id }) => id)
    .filter((id) => !steps.includes(id) && exceptions[id] === undefined)
}

/** The reader's files, as the grader loads them. */
export function ownModules({
  files,
  folder,
}: NumberedExercise): GradeRequest['modules'] {
  return Object.fromEntries(
    files.map((file) => [file, new URL(file, folder).href]),
  )
}
