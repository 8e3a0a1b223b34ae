// A message from the client to the server and back, by the contestant's own
// client: on the connection it came on, or as a request beside it.

import type { NamedContestant } from '../contestant.ts'
import type { Clock } from './clock.ts'
import { encodeHistogram, newHistogram, record } from './histogram.ts'
import { markedData } from './mark.ts'
import { ownReader, type ReaderOptions } from './reader.ts'

export interface EchoLoad {
  /** Of echoes, at most. */
  readonly count: number
  /** After this time no further one is sent. */
  readonly mostMs: number
  readonly bytes: number
  /** Absent: the next one leaves when the last is back. */
  readonly ratePerS?: number
  readonly deadlineMs: number
}

export interface Echoed {
  readonly sent: number
  readonly received: number
  readonly duplicated: number
  /** From when each was due to when it was back: HDR histogram of ns. */
  readonly trips: string
  /** How late the sender was: HDR histogram of ns. */
  readonly lateness: string
  readonly tookMs: number
}

export async function echoes(
  contestant: NamedContestant,
  options: ReaderOptions,
  clock: Clock,
  { count, mostMs, bytes, ratePerS, deadlineMs }: EchoLoad,
): Promise<Echoed> {
  const trips = newHistogram()
  const lateness = newHistogram()
  const back = new Set<number>()
  let duplicated = 0
  let sent = 0
  let arrived = () => {}
  let isSubscribed = false
  const reader = ownReader(contestant, options, (number, dueNs) => {
    if (number === 0) {
      isSubscribed = true
      return
    }
    if (back.has(number)) return void duplicated++
    back.add(number)
    record(trips, clock() - dueNs)
    arrived()
  })
  const overdue = performance.now() + deadlineMs
  /** Requests beside the subscription may overtake each other: all count, not the last. */
  const allBack = () =>
    new Promise<void>((resolve) => {
      const late = setTimeout(resolve, overdue - performance.now())
      arrived = () => {
        if (back.size < sent) return
        clearTimeout(late)
        resolve()
      }
      arrived()
    })

  try {
    await subscribed()
    const startNs = clock()
    const last = performance.now() + mostMs
    for (let n = 1; n <= count && performance.now() < last; n++) {
      const dueNs = ratePerS ? startNs + ((n - 1) * 1e9) / ratePerS : clock()
      await until(dueNs)
      record(lateness, clock() - dueNs)
      sent++
      const published = reader.publish(markedData(n, dueNs, clock(), bytes))
      if (ratePerS)
        published.catch(() => {}) // It is missing in the end.
      else await Promise.all([published, allBack()])
    }
    await allBack()
    return {
      sent,
      received: back.size,
      duplicated,
      trips: encodeHistogram(trips),
      lateness: encodeHistogram(lateness),
      tookMs: (clock() - startNs) / 1e6,
    }
  } finally {
    await reader.close()
  }

  /** Publishes number 0 until it comes back: before that, nobody would hear. */
  async function subscribed(): Promise<void> {
    while (!isSubscribed) {
      if (performance.now() > overdue)
        throw new Error(
          `${contestant.id} did not echo within ${deadlineMs} ms.`,
        )
      const now = clock()
      await reader.publish(markedData(0, now, now, bytes)).catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  /** Timers are up to a millisecond late: the last moment is waited for in turns of the loop. */
  async function until(dueNs: number): Promise<void> {
    const sleepMs = (dueNs - clock()) / 1e6 - 2
    if (sleepMs > 0)
      await new Promise((resolve) => setTimeout(resolve, sleepMs))
    while (clock() < dueNs)
      await new Promise((resolve) => setImmediate(resolve))
  }
}
