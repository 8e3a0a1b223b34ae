// What the process that grades says, and what it is asked.
import type { ExerciseFile } from '../../lessons/exercise.ts'
import type { TranscriptLine } from './transcript.ts'

/** What to grade. */
export interface GradeRequest {
  /** The reader's modules, as URLs; what is not among them is the lesson's own. */
  readonly modules: Partial<Record<ExerciseFile, string>>
  /** The ids of the checks, in this order. */
  readonly checks: readonly string[]
  /** Go on after one that fails. */
  readonly all?: boolean
  /** Instead of what the steps say: how long each check may take. */
  readonly deadlineMs?: number
}

/** A place in a file of the reader's. */
export interface Place {
  /** From the repository's folder. */
  readonly file: string
  readonly line: number
}

/** What is wrong. */
export interface Failure {
  /**
   * - `failed`: the check found something
   * - `late`: it waited for something in vain
   * - `crashed`: an error of the reader's code that nobody caught
   * - `broken`: the code does not even load
   * - `ended`: it ended the process
   * - `busy`: it never lets go of the processor
   */
  readonly how: 'failed' | 'late' | 'crashed' | 'broken' | 'ended' | 'busy'
  /** A sentence. */
  readonly says: string
  /** What the wire tells of it, as a sentence in the reader's terms. */
  readonly story?: string
  /** Where in the reader's code, as far as an error tells. */
  readonly stack?: readonly Place[]
  readonly wire: readonly TranscriptLine[]
}

/** How one check went. */
export interface Graded {
  readonly check: string
  readonly ms: number
  /** Absent when it passed. */
  readonly failure?: Failure
}

export type GraderMessage =
  | { readonly is: 'ready' }
  | { readonly is: 'alive' }
  | { readonly is: 'begins'; readonly check: string }
  | ({ readonly is: 'graded' } & Graded)
  /** Outside of any check. */
  | { readonly is: 'failure'; readonly failure: Failure }
  | { readonly is: 'done' }

export type GraderOrder =
  | ({ readonly is: 'grade' } & GradeRequest)
  | { readonly is: 'ping' }
