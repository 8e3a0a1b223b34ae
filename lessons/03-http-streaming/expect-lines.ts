import { ConnectionError } from '../shared/connection-error.ts'

/** What the answer says it is: the media type that most tools use for JSON lines. */
export const jsonLines = 'application/x-ndjson'

/**
 * A login page of the network, or an error page of a proxy, may come with 200.
 *
 * @throws ConnectionError when the answer is something else
 */
export function expectLines(type: string | null | undefined): void {
  if (type?.startsWith(jsonLines)) return
  throw new ConnectionError(`expected ${jsonLines}, got ${type ?? 'no type'}`)
}
