// A subscriber of the benchmark: the contestant's own client, or a lean one.

import type { ConnectionState } from '../../lessons/lesson.ts'
import type { NamedContestant } from '../contestant.ts'
import { type OnMark, readMark, tilde } from './mark.ts'

export interface Reader {
  /** Takes nothing more, as a client that hangs. */
  pause(): void
  resume(): void
  close(): Promise<void>
  /** Rejects when it can receive no more. */
  readonly failed: Promise<never>
}

export interface ReaderOptions {
  readonly url: URL
  readonly ca?: string
  /** Start after this cursor; absent: at the present. */
  readonly after?: string
  readonly pollEveryMs: number
  readonly heartbeatMs?: number
  readonly onState?: (state: ConnectionState) => void
}

/** The client that the contestant brings. */
export function ownReader(
  contestant: NamedContestant,
  { url, ca, after, pollEveryMs, heartbeatMs, onState }: ReaderOptions,
  onMark: OnMark,
): Reader & { publish(data: string): Promise<void> } {
  const leaving = new AbortController()
  const subscription = contestant.subscribe(url, {
    signal: leaving.signal,
    ca,
    after,
    intervalMs: pollEveryMs,
    heartbeatMs,
    onState,
    // What is lost is counted by the numbers, here as with everybody else.
    onGap: () => {},
  })
  let gate: Promise<void> | undefined
  let open = () => {}

  const read = async () => {
    for await (const { data } of subscription) {
      if (data.charCodeAt(0) === tilde) readMark(data, onMark)
      if (gate) await gate
    }
  }
  const over = read()
  const failed = over.then(() => {
    if (!leaving.signal.aborted)
      throw new Error(`The client of ${contestant.id} has ended.`)
    return new Promise<never>(() => {})
  })
  failed.catch(() => {}) // Whoever waits for messages is told.

  return {
    failed,
    publish: (data) => subscription.publish(data),
    pause() {
      gate = new Promise((resolve) => {
        open = resolve
      })
    },
    resume() {
      gate = undefined
      open()
    },
    async close() {
      leaving.abort()
      open()
      await over.catch(() => {})
    },
  }
}
