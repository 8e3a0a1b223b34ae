// The process in which an exercise is graded: whatever the reader's code does
// there, the process that reports it goes on. It loads all but the reader's
// files, says that it is ready, and grades when it is told to.
import type { Check } from '../../lessons/exercise.ts'
import {
  checkOf,
  loadExercise,
  loadExercised,
  type NumberedExercise,
  requirement,
} from '../../lessons/exercises.ts'
import type { Lesson, RequirementId } from '../../lessons/lesson.ts'
import { endWithParent } from './end-with-parent.ts'
import type {
  Failure,
  GradeRequest,
  GraderMessage,
  GraderOrder,
  Place,
} from './messages.ts'
import { Observation } from './observation.ts'
import { whyBroken } from './places.ts'
import { type SteadyDeadline, steadyDeadline } from './steady-deadline.ts'
import { WrongModule, withModules } from './with-modules.ts'

/** How long a check may take, unless its step says otherwise. */
const usualMs = 2_000

/** The same for what is looked at when all steps are done, unless the exercise says otherwise. */
const restMs = 6_000

/** How long the reader's files may take to load: they do nothing then but say what they are. */
const loadingMs = 4_000

/** What a check may take to close what it opened. */
const closingMs = 1_000

const [folder = '', parent] = process.argv.slice(2)
const exit = process.exit.bind(process)
const files = new URL(`../../lessons/${folder}/exercise/`, import.meta.url)
let seen = new Observation(files)

process.on('message', (order: GraderOrder) => {
  if (order.is === 'ping') say({ is: 'alive' })
  else void grade(order)
})
process.on('disconnect', () => exit())
endWithParent(Number(parent))
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

const ready = Promise.all([loadExercised(folder), loadExercise(folder)])
await ready
say({ is: 'ready' })

async function grade(request: GradeRequest): Promise<void> {
  const [own, exercise] = await ready
  const lesson = await load(own, exercise, request)
  if (lesson === undefined) return
  for (const id of request.checks) {
    const step = exercise.steps.find((step) => checkOf(step).id === id)
    const check = step ? checkOf(step) : requirement(id as RequirementId)
    const usual = step ? usualMs : (exercise.restDeadlineMs ?? restMs)
    const ms = request.deadlineMs ?? step?.deadlineMs ?? usual
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
      fail('broken', `${file} does not load: ${says}`, error, place)
      throw error
    })
    return {
      ...changed,
      serve: (feed, options) => seen.serves(changed.serve(feed, options), feed),
    }
  } catch (error) {
    if (error instanceof WrongModule) fail('broken', error.message)
    return undefined
  }
}

async function run(
  { check }: Check,
  lesson: Lesson,
  ms: number,
): Promise<Failure | undefined> {
  seen = new Observation(files)
  using deadline = steadyDeadline(ms)
  const { signal } = deadline
  using closing = afterwards(signal, closingMs)
  const seconds = `${ms / 1_000} s`
  try {
    const kept = seen.watch(() => check(lesson, signal)).then(() => true)
    if (await Promise.race([kept, closing.over])) return undefined
    const missing = seen.listened
      ? 'server.close() has not called back'
      : "your server does not listen: there was no event 'listening'"
    const says = `The ${seconds} of this check are over, and ${missing}.`
    return seen.failure('late', says)
  } catch (error) {
    // Node adds a comparison of the two values.
    const [says = ''] = (error as Error).message.split(/\n\n|\n\+ actual/)
    if (!signal.aborted) return seen.failure('failed', says, error)
    const over = ` The ${seconds} of this check are over.`
    return seen.failure('late', says + over, error)
  }
}

/** Time to close what was opened, once `signal` has aborted. */
function afterwards(signal: AbortSignal, ms: number) {
  let more: SteadyDeadline | undefined
  const over = new Promise<false>((resolve) => {
    signal.addEventListener('abort', () => {
      more = steadyDeadline(ms)
      more.signal.addEventListener('abort', () => resolve(false))
    })
  })
  return { over, [Symbol.dispose]: () => more?.[Symbol.dispose]() }
}

/** Says what ends the grading, and ends it. */
function fail(
  how: Failure['how'],
  says: string,
  error?: unknown,
  place?: Place,
): void {
  const failure = seen.failure(how, says, error)
  const stack = place ? [place] : failure.stack
  // The parent leaves when it has heard this; it is not to be left unsaid.
  process.removeAllListeners('disconnect')
  process.send?.({ is: 'failure', failure: { ...failure, stack } }, () =>
    exit(),
  )
}

function say(message: GraderMessage): void {
  if (process.connected) process.send?.(message)
}
