/** The connection failed, broke or fell silent: worth another attempt, unlike an error of the program. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError'
}

/** A connection error that keeps the system's own error as its cause. */
export function connectionError(cause: unknown): ConnectionError {
  if (cause instanceof ConnectionError) return cause
  const { code, message } = Object(cause) as NodeJS.ErrnoException
  const reason =
    code === 'EPROTO'
      ? 'the server does not speak TLS: ask with http:// instead of https://'
      : (message ?? String(cause))
  return new ConnectionError(reason || 'the connection broke', { cause })
}

/** What comes from `source`, whose every error is a broken connection. */
export async function* brokenBy<Item>(
  source: AsyncIterable<Item>,
): AsyncGenerator<Item, void, undefined> {
  try {
    yield* source
  } catch (error) {
    throw connectionError(error)
  }
}
