// One run of an exercise's checks, from the first step to what fails, with its
// report and its progress.
import { checkOf, type NumberedExercise } from '../../lessons/exercises.ts'
import type { NumberedLesson } from '../../lessons/index.ts'
import { CommandError } from '../cli/command-error.ts'
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

export interface RunOptions {
  readonly signal: AbortSignal
  /** The check to begin with: that of the step that the reader is at. */
  readonly first?: string
}

/**
 * @throws CommandError with what this machine lacks for the lesson
 * @throws the signal's reason when that aborts
 */
export async function runChecks(
  lesson: NumberedLesson,
  exercise: NumberedExercise,
  grader: Grader,
  report: CheckReport,
  { signal, first }: RunOptions,
): Promise<Outcome> {
  const missing = lesson.missing?.()
  if (missing !== undefined) throw new CommandError(missing, 1)
  const steps = stepChecks(exercise)
  const all = [...steps, ...otherChecks(exercise, lesson)]
  const begin = all.filter((check) => check === first)
  const checks = [...new Set([...begin, ...all])]
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

  const failed = during ?? graded.find(({ failure }) => failure)?.check
  const passed = new Set(graded.map(({ check }) => check))
  if (failed !== undefined) passed.delete(failed)
  const kept = passed.size === checks.length && failure === undefined
  // What was not asked again after a step that fails is as it was.
  const asked = new Set([...passed, failed])
  const step = failed === undefined ? undefined : stepFor(exercise, failed)
  const open = exercise.steps.findIndex((one, index) => {
    const { id } = checkOf(one)
    // What its repair was to bring is a part of it.
    if (one === step) return true
    return asked.has(id) ? !passed.has(id) : index >= before.passed
  })
  const done = open === -1 ? steps.length : open
  saveProgress(exercise.lesson, {
    passed: done,
    steps: steps.length,
    kept,
    // What does not load says nothing about a step.
    at: step ? checkOf(step).id : kept ? undefined : before.at,
    // Some may have been shown meanwhile.
    hints: progressOf(exercise.lesson, steps.length).hints,
  })
  report.ends(exercise, done, kept)
  return { done, kept }
}
