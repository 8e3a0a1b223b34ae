// `npm run check N -- --watch`: checks again whenever the reader saves.
import { fileURLToPath } from 'node:url'
import {
  hasExercise,
  loadExercise,
  loadExercised,
  type NumberedExercise,
} from '../../lessons/exercises.ts'
import { lessonFolders, type NumberedLesson } from '../../lessons/index.ts'
import { Queue } from '../../lessons/shared/queue.ts'
import { colors } from '../cli/colors.ts'
import { Edits } from '../servers/edits.ts'
import { Grader } from './grader.ts'
import { showHint } from './hint.ts'
import { readKeys } from './keys.ts'
import { listExercises } from './list.ts'
import { tellWhatIsNext } from './next.ts'
import { progressOf } from './progress.ts'
import { readableReport } from './readable-report.ts'
import { putBack, resetQuestion } from './reset.ts'
import { type Outcome, runChecks } from './run.ts'
import { showSolution } from './solution.ts'

/** Where file events do not arrive, such as in a container or under WSL. */
const pollMs = 300

/** Clears the screen of a terminal, and what was scrolled out of it. */
const clear = '\u001b[2J\u001b[3J\u001b[H'

type Event =
  | { readonly is: 'saved'; readonly file: string }
  | { readonly is: 'key'; readonly key: string }
  | { readonly is: 'checked'; readonly outcome: Outcome }

/** Runs until the reader quits, or `signal` aborts. */
export async function watchExercise(
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  let next: string | undefined = folder
  while (next !== undefined && !signal.aborted) {
    const lesson: NumberedLesson = await loadExercised(next)
    const exercise: NumberedExercise = await loadExercise(next)
    next = await new Watch(lesson, exercise).untilLeft(signal)
  }
}

class Watch {
  readonly #lesson: NumberedLesson
  readonly #exercise: NumberedExercise
  readonly #events = new Queue<Event>()
  #grader: Grader
  #run: AbortController | undefined
  #wasKept = false
  /** Asked whether to put the files back, and not answered yet. */
  #asked = false

  constructor(lesson: NumberedLesson, exercise: NumberedExercise) {
    this.#lesson = lesson
    this.#exercise = exercise
    this.#grader = new Grader(lesson.folder)
  }

  /** Resolves with the exercise that the reader goes on to, if with one. */
  async untilLeft(signal: AbortSignal): Promise<string | undefined> {
    const leave = () => this.#events.end()
    signal.addEventListener('abort', leave)
    const edits = new Edits(fileURLToPath(this.#exercise.folder), { pollMs })
    this.#hear(edits)
    using _ = readKeys(process.stdin, (key) =>
      this.#events.put({ is: 'key', key }),
    )
    try {
      if (signal.aborted) return
      this.#check()
      for await (const event of this.#events) {
        if (event.is === 'saved') await this.#checkAgain(event.file)
        else if (event.is === 'checked') await this.#tell(event.outcome, signal)
        else {
          const next = await this.#press(event.key, signal)
          if (next !== undefined) return next || undefined
        }
      }
      return
    } finally {
      signal.removeEventListener('abort', leave)
      edits.close()
      this.#run?.abort()
      await this.#grader.close()
    }
  }

  async #hear(edits: Edits): Promise<void> {
    for (;;) this.#events.put({ is: 'saved', file: await edits.next() })
  }

  #check(): void {
    if (process.stdout.isTTY) print(clear)
    const run = new AbortController()
    this.#run = run
    const { at } = progressOf(this.#lesson.folder, 0)
    runChecks(this.#lesson, this.#exercise, this.#grader, readableReport(), {
      signal: run.signal,
      first: at,
    }).then(
      (outcome) => {
        if (!run.signal.aborted) this.#events.put({ is: 'checked', outcome })
      },
      (error) => {
        // Another save made it void.
        if (!run.signal.aborted) this.#events.end(error)
      },
    )
  }

  async #checkAgain(file: string): Promise<void> {
    // The process that waits knows the other files as they were.
    const isOwn = this.#exercise.files.some((own) => own === file)
    if (this.#run || !isOwn) {
      this.#run?.abort()
      await this.#grader.close()
      this.#grader = new Grader(this.#lesson.folder)
    }
    print(colors.dim(`\n${file} was saved.\n`))
    this.#check()
  }

  async #tell({ kept }: Outcome, signal: AbortSignal): Promise<void> {
    this.#run = undefined
    await this.#grader.close()
    // Ahead of the next save: by then it has loaded what does not change.
    this.#grader = new Grader(this.#lesson.folder)
    if (kept && !this.#wasKept) await tellWhatIsNext(this.#exercise, signal)
    this.#wasKept = kept
    tellKeys()
  }

  /** Resolves with the exercise to go on to; with '' to quit. */
  async #press(key: string, signal: AbortSignal): Promise<string | undefined> {
    if (this.#asked) {
      this.#asked = false
      print(`${key}\n`)
      if (key === 'y') putBack(this.#exercise)
      else tellKeys()
    } else if (key === 'q') return ''
    else if (key === 'n') {
      const next = await following(this.#lesson.folder)
      if (next !== undefined) return next
      print('That was the last one.\n')
    } else if (key === 'h') showHint(this.#exercise)
    else if (key === 's') await showSolution(this.#exercise, signal)
    else if (key === 'l') await listExercises()
    else if (key === 'r') {
      this.#asked = true
      print(resetQuestion(this.#exercise))
    } else tellKeys()
    return undefined
  }
}

function tellKeys(): void {
  const keys = ['hint', 'solution', 'reset', 'next', 'list', 'quit']
  const names = keys.map((key) => `${colors.bold(key.charAt(0))} ${key}`)
  print(`\n${names.join('  ')}\n`)
}

/** The exercise after that of this lesson. */
async function following(folder: string): Promise<string | undefined> {
  const folders = (await lessonFolders()).filter(hasExercise)
  return folders[folders.indexOf(folder) + 1]
}

function print(text: string): void {
  process.stdout.write(text)
}
