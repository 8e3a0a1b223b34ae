// Where results are kept.

/** The reference results, which are committed. */
export const resultsFolder = new URL('results/', import.meta.url)

/** Where a reader's own results go; git ignores it. */
export const localResults = new URL('local/', resultsFolder)
