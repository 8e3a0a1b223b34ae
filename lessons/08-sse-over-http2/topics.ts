// Topics: what a message is about, and who wants to hear of it. Runs in Node and
// in browsers.

import type { Message } from '../feed.ts'
import { Refusal } from '../shared/refusal.ts'

/** `prices` for the data `prices: 17.40`; undefined when there is no such word in front. */
export function topicOf(data: string): string | undefined {
  return /^([a-z]+): /.exec(data)?.[1]
}

/**
 * Which messages a request wants: those of `?topics=prices,news`, or all.
 *
 * @param url with the query, as it stands in the request
 * @throws Refusal (400)
 */
export function wantedBy(url: string): (message: Message) => boolean {
  const asked = new URLSearchParams(url.split('?')[1]).get('topics')
  if (asked === null) return () => true
  if (!/^[a-z]+(,[a-z]+)*$/.test(asked))
    throw new Refusal(
      400,
      `topics must be words of a-z with commas between, such as prices,news, got ${JSON.stringify(asked)}.`,
    )
  const topics = new Set<string | undefined>(asked.split(','))
  return ({ data }) => topics.has(topicOf(data))
}
