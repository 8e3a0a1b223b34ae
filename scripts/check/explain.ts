// All that a reader needs to know about a check that failed, as data: the report
// for people and the one for scripts say the same.
import { readFileSync } from 'node:fs'
import type { Step } from '../../lessons/exercise.ts'
import {
  checkOf,
  type NumberedExercise,
  requirement,
} from '../../lessons/exercises.ts'
import type { RequirementId } from '../../lessons/lesson.ts'
import type { Failure, Place } from './messages.ts'
import { fromRoot, lineOf } from './places.ts'
import type { Progress } from './progress.ts'

export interface Explanation extends Failure {
  /** Absent when it failed outside of any check. */
  readonly check?: string
  /** The sentence that the check is about. */
  readonly text?: string
  readonly why?: string
  readonly standard?: Step['standard']
  /** The line to look at. */
  readonly look: Place & { readonly text: string }
  /** The section of the write-up, from the repository's folder. */
  readonly read?: string
  readonly hints?: { readonly shown: number; readonly of: number }
}

export function explain(
  exercise: NumberedExercise,
  check: string | undefined,
  failure: Failure,
  progress: Progress,
): Explanation {
  const step = check === undefined ? undefined : stepFor(exercise, check)
  const look = failure.stack?.[0] ?? placeToLook(exercise, step)
  return {
    ...failure,
    check,
    text: check && textOf(exercise, check),
    why: step?.why,
    standard: step?.standard,
    look: { ...look, text: lineAt(exercise, look) },
    read: step && `lessons/${exercise.lesson}/README.md${step.read}`,
    hints: step && {
      shown: progress.hints[checkOf(step).id] ?? 0,
      of: step.hints.length,
    },
  }
}

/** The step whose repair keeps it; undefined when the exercise kept it as shipped. */
export function stepFor(
  { steps }: NumberedExercise,
  check: string,
): Step | undefined {
  return (
    steps.find((step) => checkOf(step).id === check) ??
    steps.find(({ brings }) => brings?.includes(check as RequirementId))
  )
}

/** The sentence of a check. */
export function textOf({ steps }: NumberedExercise, check: string): string {
  const step = steps.find((step) => checkOf(step).id === check)
  return (step ? checkOf(step) : requirement(check as RequirementId)).text
}

function placeToLook(
  { files, folder }: NumberedExercise,
  step: Step | undefined,
): Place {
  for (const file of files) {
    const url = new URL(file, folder)
    const line = step && lineOf(readText(url), step.look)
    if (line !== undefined) return { file: fromRoot(url), line }
  }
  return { file: fromRoot(new URL(files[0], folder)), line: 1 }
}

function lineAt({ folder }: NumberedExercise, { file, line }: Place): string {
  const name = file.slice(fromRoot(folder).length)
  const lines = readText(new URL(name, folder)).split('\n')
  return lines[line - 1]?.trim() ?? ''
}

function readText(file: URL): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '' // The verdict says that it does not load.
  }
}
