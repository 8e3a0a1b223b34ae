import { SubscribeError } from '../lesson.ts'

export const eventStream = 'text/event-stream'

/**
 * "Any other status, or any other type, fails the connection": for good. So say
 * browsers of 500 and 502 as well, which the Node clients ask again.
 *
 * @returns undefined for an event stream
 */
export function wrongAnswer(
  url: URL,
  status: number | undefined,
  type = 'no content-type',
): SubscribeError | undefined {
  if (status === 200 && type.startsWith(eventStream)) return undefined
  return new SubscribeError(
    `${url} must answer 200 with ${eventStream}, got ${status} with ${type}.`,
    status ?? 0,
  )
}
