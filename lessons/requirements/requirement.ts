// What every transport keeps. One list of sentences is at once the conformance
// suite, the exercise checker and the rows of the comparison table.

import type { Lesson } from '../lesson.ts'

export type RequirementId =
  | 'order'
  | 'payload'
  | 'late-join'
  | 'resume'
  | 'gap'
  | 'fan-out'
  | 'backpressure'
  | 'release'
  | 'heartbeat'
  | 'publish'
  | 'refuse'
  | 'origin'
  | 'shutdown'
  | 'retry'

export interface Requirement {
  readonly id: RequirementId
  /** What the transport does, as a sentence with MUST. */
  readonly text: string
  /**
   * Resolves when the lesson keeps the requirement.
   *
   * @throws AssertionError that says what was expected and what came
   */
  check(lesson: Lesson, signal: AbortSignal): Promise<void>
}
