// Short polling, client side: ask, wait, ask again.

import type { Agent } from 'node:http'
import { text } from 'node:stream/consumers'

import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { body, open, post, reusingAgent } from '../shared/http-client.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'
import { sleep } from '../shared/sleep.ts'
import { type Answer, readAnswer } from './read-answer.ts'

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const { signal, intervalMs = 1_000 } = options
  const messages = new URL('/messages', url)

  // #region poll
  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    const agent = reusingAgent(messages)
    try {
      while (!signal?.aborted) {
        const { arrivals, more } = await poll(messages, agent, after, options)
        for (const arrival of arrivals) {
          after = arrival.id
          yield arrival
        }
        if (!more) await sleep(intervalMs, signal)
      }
    } finally {
      agent.destroy()
    }
  }
  // #endregion poll

  return resuming(connect, (data) => post(messages, data, options), options)
}

/** One poll. The connection of the last one is used again, if it is still there. */
export async function poll(
  url: URL,
  agent: Agent,
  after: string | undefined,
  { signal, ca, heartbeatMs = 15_000 }: SubscribeOptions,
): Promise<Answer> {
  const headers = after === undefined ? {} : { 'if-none-match': `"${after}"` }
  const limitMs = 2 * heartbeatMs
  const response = await open(url, { headers, agent, signal, ca, limitMs })
  const { statusCode = 0, headers: told } = response
  const content = await text(body(response, heartbeatMs))
  return readAnswer(statusCode, told.etag, told.link?.toString(), content)
}
