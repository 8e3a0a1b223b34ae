// The outcome of a test run: what the reporter saves and `npm test` prints.

/** A test that did not run, and why when that is known. */
export interface Skip {
  readonly file: string
  readonly name: string
  readonly reason?: string | undefined
}

/** What a test run came to. */
export interface Summary {
  readonly passed: number
  readonly failed: number
  readonly skipped: readonly Skip[]
}

/** The variable that tells the reporter where to save the summary, as JSON. */
export const summaryFileVariable = 'TEST_SUMMARY_FILE'

/** One line for a skipped test. */
export function skipLine({ file, name, reason }: Skip): string {
  return `skipped: ${file} > ${name}${reason ? ` (${reason})` : ''}`
}

/** The last line of `npm test`, in the form that CI systems count. */
export function closingLine({ passed, failed, skipped }: Summary): string {
  const counts = `${passed} passed, ${failed} failed`
  return skipped.length ? `${counts}, ${skipped.length} skipped` : counts
}
