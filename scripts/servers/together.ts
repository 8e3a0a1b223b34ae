// Work that goes on side by side, and ends together.

/** Runs until its signal aborts. */
export type Work = (signal: AbortSignal) => Promise<void>

/**
 * Runs all until `signal` aborts; when one of them fails, the others end.
 *
 * @throws what the first one that failed has thrown, when all have ended
 */
export async function together(
  signal: AbortSignal,
  ...works: readonly Work[]
): Promise<void> {
  const failure = new AbortController()
  const over = AbortSignal.any([signal, failure.signal])
  let first: { readonly error: unknown } | undefined
  await Promise.all(
    works.map(async (work) => {
      try {
        await work(over)
      } catch (error) {
        first ??= { error }
        failure.abort()
      }
    }),
  )
  if (first) throw first.error
}
