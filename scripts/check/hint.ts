// The next hint for the step that the reader is at.
import type { Step } from '../../lessons/exercise.ts'
import { checkOf, type NumberedExercise } from '../../lessons/exercises.ts'
import { colors } from '../cli/colors.ts'
import { progressOf, saveProgress } from './progress.ts'
import { wrapped } from './wrapped.ts'

/** Prints those that were shown already, and one more. */
export function showHint(exercise: NumberedExercise): void {
  const { lesson, number, steps } = exercise
  const progress = progressOf(lesson, steps.length)
  const step = currentStep(exercise, progress.at)
  if (progress.kept || step === undefined) {
    print(`All of exercise ${number} is kept: there is nothing to hint at.`)
    return
  }
  const { id, text } = checkOf(step)
  const shown = Math.min((progress.hints[id] ?? 0) + 1, step.hints.length)
  const hints = { ...progress.hints, [id]: shown }
  saveProgress(lesson, { ...progress, at: id, hints })

  print(`${colors.bold(id)}  ${text}\n`)
  for (const [index, hint] of step.hints.slice(0, shown).entries()) {
    const head = `${index + 1} of ${step.hints.length}`
    const lines = wrapped(hint).join(`\n${' '.repeat(head.length + 2)}`)
    const line = `${head}  ${lines}`
    print(index + 1 === shown ? line : colors.dim(line))
  }
  const more =
    shown < step.hints.length
      ? `One more: npm run check ${number} -- --hint`
      : `That was the last. The lesson's own file beside yours: npm run check ${number} -- --solution`
  print(`\n${colors.dim(more)}`)
}

/** The one that failed last; the first before any check. */
function currentStep(
  { steps }: NumberedExercise,
  at: string | undefined,
): Step | undefined {
  return steps.find((step) => checkOf(step).id === at) ?? steps[0]
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
