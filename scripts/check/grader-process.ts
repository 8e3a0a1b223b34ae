// The process in which an exercise is graded: whatever the reader's code does
// there, the process that reports it goes on. It loads all but the reader's
// files, says that it is ready, and grades when it is told to.
import type { Check } from '../../lessons/exercise.ts'
import {
  checkOf,
  loadExercise,
  type NumberedExercise,
  requirement,
} from '../../lessons/exercises.ts'
import type { Feed } from '../../lessons/feed.ts'
import { loadLesson } from '../../lessons/index.ts'
import type {
  Lesson,
  LessonServer,
  RequirementId,
} from '../../lessons/lesson.ts'
import { recordWire, WireRecording } from '../../lessons/requirements/wire.ts'
import { sleep } from '../../lessons/shared/sleep.ts'
import { endWithParent } from './end-with-parent.ts'
import type {
  Failure,
  GradeRequest,
  GraderMessage,
  GraderOrder,
} from './messages.ts'
import { placesIn, whyBroken } from './places.ts'
import { steadyDeadline } from './steady-deadline.ts'
import { storyOf } from './story.ts'
import { transcript } from './transcript.ts'
import { WrongModule, withModules } from './with-modules.ts'

/** How long a check may take, unless its step says otherwise. */
const usualMs = 2_000

/** The same for what is looked at when all steps are done. */
const restMs = 6_000

/** How long the reader's files may take to load: they do nothing then but say what they are. */
const loadingMs = 4_000

/** What a check may take to close what it opened. */
const closingMs = 1_000

const [folder = ''] = process.argv.slice(2)
const exit = process.exit.bind(process)
let graded: NumberedExercise | undefined
let recording = new WireRecording()
let feeds: Feed[] = []
let listened = false

process.on('message', (order: GraderOrder) => {
  if (order.is === 'ping') say({ is: 'alive' })
  else void grade(order)
})
process.on('disconnect', () => exit())
endWithParent()
for (const name of ['uncaughtException', 'unhandledRejection'])
  process.on(name, (error) => {
    const what =
      error instanceof Error ? `${error.name}: ${error.message}` : error
    fail('crashed', `Your code threw, and nobody caught it: ${what}`, error)
  })
process.exit = (code) => {
  const call = new Error('exit')
  fail(
    'ended',
    `Your code ended the process: process.exit(${code ?? ''})`,
    call,
  )
  throw call
}

const ready = Promise.all([loadLesson(folder), loadExercise(folder)])
await ready
say({ is: 'ready' })

async function grade(request: GradeRequest): Promise<void> {
  const [own, exercise] = await ready
  graded = exercise
  const lesson = await load(own, exercise, request)
  if (lesson === undefined) return
  for (const id of request.checks) {
    const step = exercise.steps.find((step) => checkOf(step).id === id)
    const check = step ? checkOf(step) : requirement(id as RequirementId)
    const ms =
      request.deadlineMs ?? step?.deadlineMs ?? (step ? usualMs : restMs)
    say({ is: 'begins', check: id })
    const startMs = performance.now()
    const failure = await run(check, lesson, ms)
    const tookMs = Math.round(performance.now() - startMs)
    say({ is: 'graded', check: id, ms: tookMs, failure })
    if (failure && !request.all) break
  }
  say({ is: 'done' })
}

/** The lesson with the reader's code in it; undefined when that does not load. */
async function load(
  own: Lesson,
  { plain = false }: NumberedExercise,
  { modules }: GradeRequest,
): Promise<Lesson | undefined> {
  const lesson = { ...own, secure: own.secure && !plain }
  using deadline = steadyDeadline(loadingMs)
  deadline.signal.addEventListener('abort', () => {
    const names = Object.keys(modules).join(' and ')
    const seconds = loadingMs / 1_000
    fail(
      'broken',
      `${names} did not load within ${seconds} s: is there an await outside of a function?`,
    )
  })
  try {
    const changed = await withModules(lesson, modules, (file, error) => {
      const { says, place } = whyBroken(error)
      fail('broken', `${file} does not load: ${says}`, error, place && [place])
      throw error
    })
    return { ...changed, serve: watched(changed.serve) }
  } catch (error) {
    if (error instanceof WrongModule) fail('broken', error.message)
    return undefined
  }
}

/** Keeps what the report needs: the feeds, and whether the server listens. */
function watched(serve: Lesson['serve']): Lesson['serve'] {
  return (feed, options) => {
    feeds.push(feed)
    const server: unknown = serve(feed, options)
    if (typeof Object(server).listen !== 'function')
      throw new TypeError(`serve must return a server, got ${server}.`)
    const listening = server as LessonServer
    listening.once('listening', () => {
      listened = true
    })
    return listening
  }
}

async function run(
  { check }: Check,
  lesson: Lesson,
  ms: number,
): Promise<Failure | undefined> {
  recording = new WireRecording()
  feeds = []
  listened = false
  using deadline = steadyDeadline(ms)
  const { signal } = deadline
  const over = sleep(2 ** 31, signal).then(() => sleep(closingMs))
  const seconds = `${ms / 1_000} s`
  try {
    const settled = recordWire(recording, () => check(lesson, signal))
    const outcome = await Promise.race([settled.then(() => 'kept'), over])
    if (outcome === 'kept') return undefined
    const missing = listened
      ? 'server.close() has not called back'
      : "your server does not listen: there was no event 'listening'"
    return failure(
      'late',
      `The ${seconds} of this check are over, and ${missing}.`,
    )
  } catch (error) {
    const late = signal.aborted ? ` The ${seconds} of this check are over.` : ''
    const { message } = error as Error
    // Node adds a comparison of the two values.
    const [says = ''] = message.split('\n\n')
    const how = signal.aborted ? 'late' : 'failed'
    return failure(how, `${ended(says)}${late}`, error)
  }
}

function failure(how: Failure['how'], says: string, error?: unknown): Failure {
  const stack = graded ? placesIn(error, graded.folder) : []
  return {
    how,
    says,
    stack,
    story: storyOf(recording, feeds, how === 'late'),
    wire: transcript(recording),
  }
}

/** Says what ends the grading, and ends it. */
function fail(
  how: Failure['how'],
  says: string,
  error?: unknown,
  stack = failure(how, says, error).stack,
): undefined {
  process.removeAllListeners('disconnect')
  process.send?.(
    { is: 'failure', failure: { ...failure(how, ended(says), error), stack } },
    () => exit(),
  )
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`
}

function say(message: GraderMessage): void {
  if (process.connected) process.send?.(message)
}
