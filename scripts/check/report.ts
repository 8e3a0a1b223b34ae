// What a check tells while it runs.
import type { NumberedExercise } from '../../lessons/exercises.ts'
import type { Explanation } from './explain.ts'

/** Readable for people, or JSON for scripts. */
export interface CheckReport {
  begins(exercise: NumberedExercise, title: string): void
  passed(check: string, text: string, ms: number): void
  failed(explanation: Explanation, ms: number): void
  /** What the reader's code printed meanwhile. */
  printed(text: string): void
  /** @param done how many steps passed */
  ends(exercise: NumberedExercise, done: number, kept: boolean): void
}
