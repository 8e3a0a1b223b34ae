// What an exercise is. A folder `lessons/NN-name/exercise/` holds the version
// of a transport that everybody writes first; its `index.ts` says, as data, what
// is wrong with it. `npm run check` and the tests know an exercise only so.

import type { Lesson, RequirementId } from './lesson.ts'

/** The files that a reader may have to repair: they export `serve`, and `subscribe`. */
export type ExerciseFile = 'server.ts' | 'client.ts'

export interface Exercise {
  /**
   * The files that the reader repairs, each with a copy as it was shipped
   * beside it (`server.original.ts`). What is not among them is the lesson's own.
   */
  readonly files: readonly [ExerciseFile, ...ExerciseFile[]]
  /** Three to six, from easy to hard. Each stands on those before it. */
  readonly steps: readonly Step[]
  /** How long a check may take that is looked at when all steps are done: 6 s. */
  readonly restDeadlineMs?: number
  /** The checks speak HTTP/2 without TLS, so that the report can show frames. */
  readonly plain?: boolean
}

export interface Step {
  /** A requirement that every transport keeps, or a check of this transport's own wire. */
  readonly check: RequirementId | OwnCheck
  /**
   * Requirements that the same repair keeps as well: they are broken in the
   * exercise too, and are looked at when all steps are done.
   */
  readonly brings?: readonly RequirementId[]
  /** Why it matters, in a sentence or two. */
  readonly why: string
  /** From a nudge to nearly the solution. What stands in backticks exists. */
  readonly hints: readonly [string, string, string]
  /** The section of the lesson's write-up to read, such as `#the-server`. */
  readonly read: `#${string}`
  /** The line of the reader's file to look at is the first that matches. */
  readonly look: RegExp
  /** The sentence of a standard that says so, if there is one. */
  readonly standard?: { readonly quote: string; readonly url: string }
  /** How long the check may take, on a machine with time for it: 2 s. */
  readonly deadlineMs?: number
  /** Each is a mistake that alone, in the solution, breaks this check. */
  readonly faults: readonly Fault[]
}

/** A check, whether all transports keep it or one has it for itself. */
export interface Check {
  readonly id: string
  /** What the transport does, as a sentence with MUST. */
  readonly text: string
  /** @throws AssertionError that says what was expected and what came */
  check(lesson: Lesson, signal: AbortSignal): Promise<void>
}

/** A check that only this transport has: its `id` is no requirement's. */
export interface OwnCheck extends Check {}

/** A mistake, as edits of the lesson's own file. */
export interface Fault {
  /** What the developer did. */
  readonly text: string
  /** What the check says about it. */
  readonly says: RegExp
  /** The file of the solution: the first of the exercise's, if absent. */
  readonly file?: ExerciseFile
  readonly put: readonly Edit[]
}

/** Text that the file has exactly once, and what takes its place. */
export type Edit = readonly [find: string, replace: string]
