// What every transport keeps. One list of sentences is at once the conformance
// suite, the exercise checker and the rows of the comparison table.

import type { Lesson, RequirementId } from '../lesson.ts'

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
