// The lesson's own file beside the reader's.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ExerciseFile } from '../../lessons/exercise.ts'
import type { NumberedExercise } from '../../lessons/exercises.ts'
import { runChild } from '../child.ts'
import { colors } from '../cli/colors.ts'
import { fromRoot } from './places.ts'

/** Prints what differs, or the lesson's file where there is no git. */
export async function showSolution(
  exercise: NumberedExercise,
  signal: AbortSignal,
): Promise<void> {
  for (const file of exercise.files)
    process.stdout.write(await compared(exercise, file, signal))
}

/** The lesson's file, as it would stand in the folder of the exercise. */
export function solutionFor(
  { folder }: NumberedExercise,
  file: ExerciseFile,
): string {
  const source = readFileSync(new URL(`../${file}`, folder), 'utf8')
  return source.replace(
    /(from |import\()'(\.\.?)\//g,
    (_, before: string, dots: string) =>
      `${before}'${dots === '.' ? '..' : '../..'}/`,
  )
}

async function compared(
  exercise: NumberedExercise,
  file: ExerciseFile,
  signal: AbortSignal,
): Promise<string> {
  const { folder } = exercise
  const yours = new URL(file, folder)
  const own = new URL(`../${file}`, folder)
  const head = [
    colors.red(`- ${fromRoot(yours)}  yours`),
    colors.green(`+ ${fromRoot(own)}  the lesson's own`),
  ].join('\n')
  const solution = solutionFor(exercise, file)
  const temporary = mkdtempSync(join(tmpdir(), 'workbook-solution-'))
  try {
    const copy = join(temporary, file)
    writeFileSync(copy, solution)
    const difference = await diff(fileURLToPath(yours), copy, signal)
    if (difference === '') return `${head}\nThey are the same.\n`
    return `${head}\n${difference ?? solution}`
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

/** Undefined where there is no git. */
async function diff(
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const color = colors.isColorSupported ? 'always' : 'never'
  const args = ['diff', '--no-index', `--color=${color}`, '--', from, to]
  try {
    const { code, output } = await runChild('git', args, {
      quiet: true,
      signal,
    })
    // 1 when they differ. The first four lines name the two files.
    if (code > 1) return undefined
    return output.split('\n').slice(4).join('\n')
  } catch {
    signal.throwIfAborted()
    return undefined
  }
}
