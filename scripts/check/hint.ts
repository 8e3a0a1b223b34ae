// The next hint for the step that the reader is at.
import type { Step } from '../../lessons/exercise.ts'
import { checkOf, type NumberedExercise } from '../../lessons/exercises.ts'
import { colors } from '../cli/colors.ts'
import { progressOf, saveProgress } from './progress.ts'
import { wrapped } from './wrapped.ts'

/** Those of a step that were shown, the newest last. */
export interface Hints {
  /** The check of the step. */
  readonly check: string
  /** The sentence that it is about. */
  readonly text: string
  readonly hints: readonly string[]
  /** How many there are. */
  readonly of: number
}

/** Those that were shown already, and one more; undefined when all is kept. */
export function nextHint({
  lesson,
  steps,
}: NumberedExercise): Hints | undefined {
  const progress = progressOf(lesson, steps.length)
  const step = currentStep(steps, progress.at)
  if (progress.kept || step === undefined) return undefined
  const { id, text } = checkOf(step)
  const of = step.hints.length
  const shown = Math.min((progress.hints[id] ?? 0) + 1, of)
  const hints = { ...progress.hints, [id]: shown }
  saveProgress(lesson, { ...progress, at: id, hints })
  return { check: id, text, hints: step.hints.slice(0, shown), of }
}

/** Prints the next one. */
export function showHint(exercise: NumberedExercise): void {
  const { number } = exercise
  const next = nextHint(exercise)
  if (next === undefined) {
    print(allIsKept(exercise))
    return
  }
  const { check, text, hints, of } = next
  print(`${colors.bold(check)}  ${text}\n`)
  for (const [index, hint] of hints.entries()) {
    const head = `${index + 1} of ${of}`
    const lines = wrapped(hint).join(`\n${' '.repeat(head.length + 2)}`)
    const line = `${head}  ${lines}`
    print(index + 1 === hints.length ? line : colors.dim(line))
  }
  const more =
    hints.length < of
      ? `One more: npm run check ${number} -- --hint`
      : `That was the last. The lesson's own file beside yours: npm run check ${number} -- --solution`
  print(`\n${colors.dim(more)}`)
}

/** A sentence for whoever asks for a hint then. */
export function allIsKept({ number }: NumberedExercise): string {
  return `All of exercise ${number} is kept: there is nothing to hint at.`
}

/** The one that failed last; the first before any check. */
function currentStep(
  steps: readonly Step[],
  at: string | undefined,
): Step | undefined {
  return steps.find((step) => checkOf(step).id === at) ?? steps[0]
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
