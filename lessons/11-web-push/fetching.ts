import type { SubscribeOptions } from '../lesson.ts'
import { fetchOpen, text } from '../shared/fetch-client.ts'
import type { Wire } from './user-agent.ts'

/** Requests of a page, each whole: what `asking` is in Node. */
export function fetching(
  url: URL,
  { signal, heartbeatMs = 15_000 }: SubscribeOptions,
): Wire['ask'] {
  return async (method, path, body) => {
    const init = { method, body, signal }
    const response = await fetchOpen(new URL(path, url), init)
    return {
      header: (name) => response.headers.get(name) ?? undefined,
      text: await text(response, heartbeatMs),
    }
  }
}
