// A race that has been run, as a file: the one that the published site plays,
// and those that readers save.

import type { ConnectionState } from '../../../lessons/lesson.ts'
import { sleep } from '../../../lessons/shared/sleep.ts'
import type { Machine } from '../../../scripts/control/manifest.ts'
import type { Arrival, Entrant } from './runner.ts'

export const recordingSchema = 'http-push-workbook/race/1'

export interface Recording {
  readonly schema: typeof recordingSchema
  /** ISO 8601, UTC. */
  readonly recordedAt: string
  /** The servers and the browser were both on it. */
  readonly machine: Machine
  /** Such as `Chromium 156`. */
  readonly browser: string
  readonly durationMs: number
  /** What was done while it ran, in order. Times count from its start, in ms. */
  readonly acts: readonly Act[]
  /** When each message was published: from the start, in ms. The first one is message `firstN`. */
  readonly sentMs: readonly number[]
  readonly firstN: number
  /** What somebody published, if anybody did, by the number of its message. */
  readonly texts?: readonly (readonly [n: number, text: string])[]
  readonly lanes: readonly RecordedLane[]
}

export interface Act {
  readonly atMs: number
  /** A sentence, such as `All connections are cut.` */
  readonly what: string
  /** The folder of the one lane that it concerns. */
  readonly lane?: string
}

export interface RecordedLane extends Entrant {
  /** The message's number and how late it was, in ms. */
  readonly arrivals: readonly (readonly [n: number, lateMs: number])[]
  readonly states: readonly (readonly [
    atMs: number,
    is: ConnectionState['is'] | 'ended',
  ])[]
}

/** One thing to show, at its time from the start. */
export type Moment = { readonly atMs: number } & (
  | { readonly act: string; readonly lane?: string }
  | ({ readonly lane: string } & Arrival)
  | { readonly lane: string; readonly state: ConnectionState['is'] | 'ended' }
)

/** All that happened, in order. */
export function momentsOf(recording: Recording): Moment[] {
  const moments: Moment[] = [
    ...recording.acts.map(({ what, ...act }) => ({ ...act, act: what })),
    ...recording.lanes.flatMap((lane) => [
      ...lane.states.map(([atMs, state]) => ({
        atMs,
        lane: lane.folder,
        state,
      })),
      ...arrivalsOf(recording, lane),
    ]),
  ]
  return moments.sort((a, b) => a.atMs - b.atMs)
}

/** In the order in which they came: times that were rounded must not change it. */
function arrivalsOf(
  { sentMs, firstN, texts }: Recording,
  { folder, arrivals }: RecordedLane,
): Moment[] {
  const said = new Map(texts)
  let lastMs = 0
  return arrivals.map(([n, lateMs]) => {
    lastMs = Math.max(lastMs, (sentMs[n - firstN] ?? 0) + lateMs)
    return { atMs: lastMs, lane: folder, n, lateMs, text: said.get(n) }
  })
}

/**
 * Plays moments at the times at which they happened.
 *
 * @param show takes each moment when its time has come
 * @param clock how it waits, for tests
 * @returns when all was shown, or `signal` has aborted
 */
export async function play(
  moments: readonly Moment[],
  show: (moment: Moment) => void,
  signal: AbortSignal,
  clock: Clock = browserClock,
): Promise<void> {
  const startMs = clock.now()
  for (const moment of moments) {
    const waitMs = startMs + moment.atMs - clock.now()
    if (waitMs > 0) await clock.sleep(waitMs, signal)
    if (signal.aborted) return
    show(moment)
  }
}

export interface Clock {
  /** In ms, from some moment on. */
  now(): number
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

const browserClock: Clock = { now: () => performance.now(), sleep }
