// What every transport keeps. One list of sentences is at once the conformance
// suite, the exercise checker and the rows of the comparison table.

import type { Feed, FeedOptions } from '../feed.ts'
import type { Lesson, RequirementId } from '../lesson.ts'

/** A lesson with the feed that it is to carry. */
export interface Checked extends Lesson {
  /** Opens a feed of its own for each server: one in memory, if absent. */
  openFeed?(options?: FeedOptions): Promise<Feed>
}

export interface Requirement {
  readonly id: RequirementId
  /** What the transport does, as a sentence with MUST. */
  readonly text: string
  /**
   * Resolves when the lesson keeps the requirement.
   *
   * @throws AssertionError that says what was expected and what came
   */
  check(lesson: Checked, signal: AbortSignal): Promise<void>
}
