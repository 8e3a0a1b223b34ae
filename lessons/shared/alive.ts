// Reading with a limit on silence. Runs in Node and in browsers.

import { ConnectionError, connectionError } from './connection-error.ts'

/**
 * The chunks of `source`, until it ends.
 *
 * The clock runs only while somebody waits for a chunk, so that a reader who
 * takes time over a message does not mistake that for a dead peer.
 *
 * @param limitMs how long the peer may be silent
 * @param close ends a source that has not ended, also while it is being read
 * @throws ConnectionError when the source breaks or is silent for too long
 */
export async function* alive<Chunk>(
  source: AsyncIterable<Chunk>,
  limitMs: number,
  close: () => void,
): AsyncGenerator<Chunk, void, undefined> {
  const chunks = source[Symbol.asyncIterator]()
  let ended = false
  try {
    for (;;) {
      const { value, done } = await beforeDeadline(chunks.next(), limitMs)
      if (done) {
        ended = true
        return
      }
      yield value
    }
  } catch (error) {
    throw connectionError(error)
  } finally {
    if (!ended) close()
  }
}

/** Rejects with a ConnectionError unless `promise` settles within `limitMs`. */
export async function beforeDeadline<Value>(
  promise: Promise<Value>,
  limitMs: number,
): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new ConnectionError(`nothing came for ${limitMs} ms`))
    }, limitMs)
  })
  try {
    return await Promise.race([promise, silence])
  } finally {
    clearTimeout(timer)
    promise.catch(() => {}) // Late: the deadline has already told.
  }
}
