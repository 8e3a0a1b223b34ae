// The contract of a lesson that is no transport: what all of them meet in
// practice. Its folder has a `practice.ts` in the place of an `index.ts`.

import type { Lesson } from './lesson.ts'

export interface Practice {
  /** The name in headings and lists, such as `Scaling out`. */
  readonly title: string
  /** What it is about, in half a sentence. */
  readonly about: string
  /** `npm run lesson N` and what stands behind it. Resolves when all is shown, or when `signal` aborts. */
  run(args: readonly string[], signal: AbortSignal): Promise<void>
  /** For its exercise: a transport as this lesson runs it, whose files stand in the folder. */
  readonly exercised?: Lesson
}
