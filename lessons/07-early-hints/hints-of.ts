// Reading what comes before the final answer.

import type { ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2'

import { beforeDeadline } from '../shared/alive.ts'
import { answered, answerMs } from '../shared/http2-client.ts'
import { Queue } from '../shared/queue.ts'

/**
 * What `take` makes of each informational answer, as soon as it is here, until
 * the final answer. Its clock runs only while somebody waits for the next one.
 *
 * @param limitMs how long the server may be silent between two of them
 * @throws SubscribeError when the final answer refuses
 * @throws ConnectionError when the connection breaks or is silent for too long
 */
export async function* hintsOf<Hint>(
  url: URL,
  held: ClientHttp2Stream,
  limitMs: number,
  take: (headers: IncomingHttpHeaders) => Hint,
): AsyncGenerator<Hint, void, undefined> {
  const taken = new Queue<Hint>()
  held.on('headers', (headers) => taken.put(take(headers)))
  answered(url, held).then(
    () => taken.end(),
    (error) => taken.end(error),
  )
  held.resume()

  const hints = taken[Symbol.asyncIterator]()
  let patienceMs = answerMs
  try {
    for (;;) {
      const { value, done } = await beforeDeadline(hints.next(), patienceMs)
      if (done) return
      patienceMs = limitMs
      yield value
    }
  } finally {
    held.close()
  }
}
