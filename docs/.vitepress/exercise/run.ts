// One run of an exercise's checks, as its lines come in.

import type { Explanation } from '../../../scripts/check/explain.ts'
import type { CheckLine } from '../../../scripts/control/exercises.ts'

export interface Run {
  /** In the order in which they passed, with how long they took. */
  readonly passed: readonly { readonly check: string; readonly ms: number }[]
  /** The one at which it stopped. */
  readonly failure?: Explanation
  /** What the reader's code printed. */
  readonly printed: string
  /** Known at the end: how many steps are done, and whether all is kept. */
  readonly end?: {
    readonly passed: boolean
    readonly done: number
    readonly of: number
  }
  /** Why there is no end. */
  readonly error?: string
}

export const newRun: Run = { passed: [], printed: '' }

/** The run with one line more. */
export function withLine(run: Run, line: CheckLine): Run {
  if ('error' in line) return { ...run, error: line.error }
  if ('printed' in line) return { ...run, printed: run.printed + line.printed }
  if ('says' in line) return { ...run, failure: line }
  if ('of' in line) return { ...run, end: line }
  if ('check' in line) {
    const { check, ms } = line
    return { ...run, passed: [...run.passed, { check, ms }] }
  }
  return run // Which exercise it is: the page knows.
}

/** What a screen reader is told, and everybody sees. */
export function describeRun({ end, failure, error }: Run): string {
  if (error !== undefined) return error
  if (end?.passed) return 'Your version keeps all that the transport has to.'
  if (failure?.check !== undefined) return `${failure.check} is not kept yet.`
  if (failure !== undefined) return 'Your version does not run.'
  return ''
}
