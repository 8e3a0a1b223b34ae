// Puts the reader's files back as they were shipped.
import { copyFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import type { NumberedExercise } from '../../lessons/exercises.ts'
import { originalOf } from '../../lessons/exercises.ts'
import { CommandError } from '../cli/command-error.ts'
import { fromRoot } from './places.ts'
import { forgetProgress } from './progress.ts'

/** @throws CommandError when nobody can be asked */
export async function resetExercise(
  exercise: NumberedExercise,
  { now = false }: { readonly now?: boolean },
  signal: AbortSignal,
): Promise<void> {
  if (!now && !(await isSure(exercise, signal)))
    return print('Nothing was changed.')
  putBack(exercise)
  for (const name of namesOf(exercise)) print(`${name} is as it was shipped.`)
}

/** Without asking. */
export function putBack(exercise: NumberedExercise): void {
  for (const file of exercise.files)
    copyFileSync(
      new URL(originalOf(file), exercise.folder),
      new URL(file, exercise.folder),
    )
  forgetProgress(exercise.lesson)
}

/** What is asked before. */
export function resetQuestion(exercise: NumberedExercise): string {
  const names = namesOf(exercise).join(' and ')
  return `Put ${names} back as shipped? What you wrote there is lost. (y/n) `
}

async function isSure(
  exercise: NumberedExercise,
  signal: AbortSignal,
): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new CommandError(
      `--reset asks before it throws away what you wrote, and nobody can answer here. Add --now: npm run check ${exercise.number} -- --reset --now`,
      2,
    )
  const lines = createInterface({
    input: process.stdin,
    output: process.stdout,
  })
  try {
    const answer = await lines.question(resetQuestion(exercise), { signal })
    return /^y(es)?$/i.test(answer.trim())
  } catch {
    return false // Ctrl-C is no.
  } finally {
    lines.close()
  }
}

function namesOf({ files, folder }: NumberedExercise): string[] {
  return files.map((file) => fromRoot(new URL(file, folder)))
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
