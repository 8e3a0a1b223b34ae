// When messages arrive that were published at a steady pace.

import type { Feed } from '../../feed.ts'
import type { Lesson } from '../../lesson.ts'
import { sleep } from '../../shared/sleep.ts'

export interface ArrivalsOptions {
  readonly lesson: Pick<Lesson, 'subscribe'>
  /** Where the client connects. */
  readonly url: URL
  /** Of the server behind. */
  readonly feed: Feed
  readonly ca?: string
  readonly messages: number
  /** Of each. */
  readonly bytes: number
  readonly everyMs: number
  readonly signal?: AbortSignal
}

export interface Arrivals {
  /** By message, from when it was published; undefined for one that did not come while the answer went on. */
  readonly lateMs: readonly (number | undefined)[]
  /** Why nobody could subscribe. */
  readonly refused?: string
}

/** What is not there so long after the last message waits for more, or for the end. */
const patienceMs = 700

/** How long a subscriber may take to be one. */
const openMs = 5_000

// #region arrivals
export async function arrivals({
  lesson,
  url,
  feed,
  ca,
  messages,
  bytes,
  everyMs,
  signal,
}: ArrivalsOptions): Promise<Arrivals> {
  const leaving = new AbortController()
  const leave = () => leaving.abort()
  signal?.addEventListener('abort', leave)
  const arrivedMs = new Map<string, number>()
  let refused: string | undefined
  let isOpen = false
  const subscription = lesson.subscribe(url, {
    after: feed.present,
    ca,
    intervalMs: 50,
    signal: leaving.signal,
    onState(state) {
      isOpen ||= state.is === 'open'
      // It would try again, for ever.
      if (state.is === 'waiting') refused ??= state.why
    },
  })
  const reading = (async () => {
    for await (const { data } of subscription)
      arrivedMs.set(data, performance.now())
  })().catch((error: Error) => {
    refused = error.message
  })

  // A buffer may keep from the client that it is one.
  const isHere = () => isOpen || feed.followerCount > 0 || refused
  const overMs = performance.now() + openMs
  while (!isHere() && performance.now() < overMs) await sleep(5, leaving.signal)
  const publishedMs: number[] = []
  const textOf = (n: number) => `${n} `.padEnd(bytes, '.')
  for (let n = 0; n < messages && !refused; n++) {
    publishedMs.push(performance.now())
    await feed.publish(textOf(n))
    await sleep(everyMs, leaving.signal)
  }
  if (!refused) await sleep(patienceMs, leaving.signal)
  leave()
  await reading
  signal?.removeEventListener('abort', leave)
  return {
    refused,
    lateMs: publishedMs.map((atMs, n) => {
      const there = arrivedMs.get(textOf(n))
      return there === undefined ? undefined : there - atMs
    }),
  }
}
// #endregion arrivals
