// One run of an exercise's checks, from the first step to what fails, with its
// report and its progress.
import type { NumberedExercise } from '../../lessons/exercises.ts'
import { checkOf } from '../../lessons/exercises.ts'
import type { NumberedLesson } from '../../lessons/index.ts'
import { otherChecks, ownModules, stepChecks } from './checks.ts'
import { explain, stepFor, textOf } from './explain.ts'
import type { Grader } from './grader.ts'
import { progressOf, saveProgress } from './progress.ts'
import type { CheckReport } from './report.ts'

export interface Outcome {
  /** How many steps passed, from the first on. */
  readonly done: number
  /** All that the transport has to keep. */
  readonly kept: boolean
}

export async function runChecks(
  lesson: NumberedLesson,
  exercise: NumberedExercise,
  grader: Grader,
  report: CheckReport,
  signal: AbortSignal,
): Promise<Outcome> {
  const steps = stepChecks(exercise)
  const checks = [...steps, ...otherChecks(exercise, lesson)]
  report.begins(exercise, lesson.title)
  const before = progressOf(exercise.lesson, steps.length)

  const verdict = await grader.grade(
    { modules: ownModules(exercise), checks },
    {
      graded({ check, ms, failure }) {
        if (failure === undefined)
          report.passed(check, textOf(exercise, check), ms)
        else report.failed(explain(exercise, check, failure, before), ms)
      },
    },
    signal,
  )
  signal.throwIfAborted()
  const { graded, during, failure, printed } = verdict
  if (failure) report.failed(explain(exercise, during, failure, before), 0)
  if (printed.trim() !== '') report.printed(printed)

  const passed = graded.filter(({ failure }) => failure === undefined)
  const kept = passed.length === checks.length && failure === undefined
  const done = passed.filter(({ check }) => steps.includes(check)).length
  const failed = during ?? graded.find(({ failure }) => failure)?.check
  const step = failed === undefined ? undefined : stepFor(exercise, failed)
  saveProgress(exercise.lesson, {
    passed: done,
    steps: steps.length,
    kept,
    at: step && checkOf(step).id,
    hints: before.hints,
  })
  report.ends(exercise, done, kept)
  return { done, kept }
}
