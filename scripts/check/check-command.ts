// The command `npm run check`.
import {
  hasExercise,
  loadExercise,
  loadExercised,
} from '../../lessons/exercises.ts'
import { findFolder, lessonFolders, numberOf } from '../../lessons/index.ts'
import { CommandError } from '../cli/command-error.ts'
import { readCheckArguments } from './arguments.ts'
import { Grader } from './grader.ts'
import { showHint } from './hint.ts'
import { jsonReport } from './json-report.ts'
import { listExercises, listExercisesAsJson } from './list.ts'
import { tellWhatIsNext } from './next.ts'
import { readableReport } from './readable-report.ts'
import { resetExercise } from './reset.ts'
import { runChecks } from './run.ts'
import { showSolution } from './solution.ts'

/** Lists the exercises, or does with one what was asked for. */
export async function checkCommand(
  args: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  try {
    await doAsAsked(args, signal)
  } catch (error) {
    // Ctrl-C breaks off what was under way, and that is no failure of it.
    if (!signal.aborted) throw error
  }
}

async function doAsAsked(
  args: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const asked = readCheckArguments(args)
  if (asked === undefined) return
  const { lesson, flags } = asked
  if (lesson === undefined)
    return flags.json ? listExercisesAsJson() : listExercises()

  const folder = await find(lesson)
  if (flags.hint) return showHint(await loadExercise(folder))
  if (flags.solution) return showSolution(await loadExercise(folder), signal)
  if (flags.reset)
    return resetExercise(await loadExercise(folder), flags, signal)
  if (flags.watch) {
    const { watchExercise } = await import('./watch.ts')
    return watchExercise(folder, signal)
  }
  return checkOnce(folder, flags.json ?? false, signal)
}

async function checkOnce(
  folder: string,
  json: boolean,
  signal: AbortSignal,
): Promise<void> {
  // It loads its files while this process loads its own.
  await using grader = new Grader(folder)
  const [lesson, exercise] = await load(folder)
  const report = json ? jsonReport() : readableReport()
  const { kept } = await runChecks(lesson, exercise, grader, report, { signal })
  if (!kept) process.exitCode = 1
  else if (!json) await tellWhatIsNext(exercise, signal)
}

function load(folder: string) {
  return Promise.all([loadExercised(folder), loadExercise(folder)] as const)
}

/** @throws CommandError when there is no such exercise */
async function find(query: string): Promise<string> {
  let folder: string
  try {
    folder = await findFolder(query)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new CommandError(error.message, 2)
  }
  if (hasExercise(folder)) return folder
  const others = (await lessonFolders()).filter(hasExercise).map(numberOf)
  throw new CommandError(
    `Lesson ${numberOf(folder)} has no exercise. These have: ${others.join(', ')}.`,
    2,
  )
}
