// The list that `npm run check` prints: every exercise with how far it is, and
// where to go on.
import {
  hasExercise,
  loadExercise,
  loadExercised,
} from '../../lessons/exercises.ts'
import { lessonFolders } from '../../lessons/index.ts'
import { colors } from '../cli/colors.ts'
import { bar } from './bar.ts'
import { type Progress, readProgress } from './progress.ts'

interface Row {
  readonly number: number
  readonly folder: string
  readonly title: string
  readonly progress: Progress
}

export async function listExercises(): Promise<void> {
  const rows = await readRows()
  const width = Math.max(...rows.map(({ title }) => title.length))
  const barWidth = Math.max(...rows.map(({ progress }) => progress.steps))
  for (const { number, title, progress } of rows) {
    const { passed, steps, kept } = progress
    const room = '   '.repeat(barWidth - steps)
    const mark = kept ? colors.green(' ✓') : ''
    print(
      `${colors.bold(String(number).padStart(3))}  ${title.padEnd(width)}  ${bar(passed, steps)}${room}  ${passed} of ${steps}${mark}`,
    )
  }
  const next = nextOf(rows)
  print(
    next
      ? `\nGo on with:  npm run check ${next.number} -- --watch`
      : '\nAll is kept. What is left is the benchmark: npm run bench',
  )
  print(colors.dim('All flags:   npm run check -- --help'))
}

/** A row for scripts and for the site. */
export interface ListedExercise {
  readonly number: number
  /** Of its lesson. */
  readonly folder: string
  readonly title: string
  /** How many steps are done. */
  readonly done: number
  readonly of: number
  /** All that the transport has to keep. */
  readonly kept: boolean
}

/** The same for scripts. */
export async function listExercisesAsJson(): Promise<void> {
  for (const row of await listedExercises()) print(JSON.stringify(row))
}

export async function listedExercises(): Promise<ListedExercise[]> {
  const rows = await readRows()
  return rows.map(({ number, folder, title, progress }) => {
    const { passed, steps, kept } = progress
    return { number, folder, title, done: passed, of: steps, kept }
  })
}

/** What was begun and is not done comes first, then what comes next. */
export function nextOf<
  Item extends { readonly number: number; readonly progress: Progress },
>(rows: readonly Item[], after = 0): Item | undefined {
  const open = rows.filter(({ progress }) => !progress.kept)
  return (
    open.find(({ progress }) => progress.passed > 0) ??
    open.find(({ number }) => number > after) ??
    open[0]
  )
}

export async function readRows(): Promise<Row[]> {
  const known = readProgress()
  const folders = (await lessonFolders()).filter(hasExercise)
  return Promise.all(
    folders.map(async (folder) => {
      const { number, steps } = await loadExercise(folder)
      const { title } = await loadExercised(folder)
      const none = { passed: 0, kept: false, hints: {} }
      const progress = { ...none, ...known.get(folder), steps: steps.length }
      const passed = Math.min(progress.passed, steps.length)
      return { number, folder, title, progress: { ...progress, passed } }
    }),
  )
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
