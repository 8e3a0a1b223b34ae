// What the control server and the pages of the site say to each other about
// exercises. Types alone: pages load nothing of Node with it.

import type { Hints } from '../check/hint.ts'
import type { ReportLine } from '../check/json-report.ts'
import type { ListedExercise } from '../check/list.ts'

/** The body of `POST /check` and `POST /hint`. */
export interface AskedExercise {
  /** Its number. */
  readonly exercise: number
}

/** The answer to `GET /exercises`: how far each is. */
export type Exercises = readonly ListedExercise[]

/** A line of the answer to `POST /check`, as JSON. */
export type CheckLine = ReportLine | { readonly error: string }

/** The answer to `POST /hint`. */
export type { Hints }
