// Writes down a race while it runs.

import type { ConnectionState } from '../../../lessons/lesson.ts'
import type { Machine } from '../../../scripts/control/manifest.ts'
import {
  type Act,
  type RecordedLane,
  type Recording,
  recordingSchema,
} from './recording.ts'
import type { Entrant } from './runner.ts'

/** A race that is never stopped must not fill the page's memory. */
const mostArrivals = 20_000

export class Recorder {
  readonly #startedAt = new Date()
  readonly #startMs = performance.timeOrigin + performance.now()
  readonly #acts: Act[] = []
  readonly #sent = new Map<number, number>()
  readonly #lanes: Map<string, Mutable<RecordedLane>>
  #arrivals = 0

  constructor(entrants: readonly Entrant[]) {
    this.#lanes = new Map(
      entrants.map(({ number, folder, title, secure }) => [
        folder,
        { number, folder, title, secure, arrivals: [], states: [] },
      ]),
    )
  }

  act(what: string): void {
    this.#acts.push({ atMs: this.#now(), what })
  }

  state(folder: string, state: ConnectionState['is'] | 'ended'): void {
    this.#lanes.get(folder)?.states.push([this.#now(), state])
  }

  arrival(folder: string, n: number, sentAtMs: number, lateMs: number): void {
    if (++this.#arrivals > mostArrivals) return
    this.#sent.set(n, round(sentAtMs - this.#startMs))
    this.#lanes.get(folder)?.arrivals.push([n, round(lateMs)])
  }

  /** What has happened until now. */
  finish(machine: Machine, browser: string): Recording {
    const numbers = [...this.#sent.keys()]
    const firstN = numbers.length > 0 ? Math.min(...numbers) : 1
    const lastN = numbers.length > 0 ? Math.max(...numbers) : 0
    return {
      schema: recordingSchema,
      recordedAt: this.#startedAt.toISOString(),
      machine,
      browser,
      durationMs: this.#now(),
      acts: this.#acts,
      firstN,
      sentMs: Array.from(
        { length: lastN - firstN + 1 },
        // One that reached no lane has a place, and no time worth knowing.
        (_, index) => this.#sent.get(firstN + index) ?? 0,
      ),
      lanes: [...this.#lanes.values()],
    }
  }

  #now(): number {
    return round(performance.timeOrigin + performance.now() - this.#startMs)
  }
}

/** To hundredths of a millisecond. */
function round(ms: number): number {
  return Math.round(ms * 100) / 100
}

type Mutable<Lane extends RecordedLane> = Omit<Lane, 'arrivals' | 'states'> & {
  arrivals: [number, number][]
  states: [number, ConnectionState['is'] | 'ended'][]
}
