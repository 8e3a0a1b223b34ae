// Writes down a race while it runs.

import type { ConnectionState } from '../../../lessons/lesson.ts'
import type { Machine, RaceMessage } from '../../../scripts/control/manifest.ts'
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
  readonly #texts = new Map<number, string>()
  /** By its feed: the number before a feed's first. */
  readonly #before = new Map<string, number>()
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

  /** @param lane the folder of the only one that it concerns */
  act(what: string, lane?: string): void {
    const act = { atMs: this.#now(), what }
    this.#acts.push(lane === undefined ? act : { ...act, lane })
  }

  state(folder: string, state: ConnectionState['is'] | 'ended'): void {
    this.#lanes.get(folder)?.states.push([this.#now(), state])
  }

  /** @param feed whose message it is: each one numbers its own from 1 */
  arrival(
    folder: string,
    feed: string,
    { n, sentAtMs, text }: RaceMessage,
    lateMs: number,
  ): void {
    if (this.#arrivals === mostArrivals)
      this.act(`${mostArrivals} arrivals are kept, and none after them.`)
    if (++this.#arrivals > mostArrivals) return
    const number = this.#beforeFirstOf(feed) + n
    this.#sent.set(number, round(sentAtMs - this.#startMs))
    if (text !== undefined) this.#texts.set(number, text)
    this.#lanes.get(folder)?.arrivals.push([number, round(lateMs)])
  }

  /** Servers that are started anew have a new feed, which goes on after the old one. */
  #beforeFirstOf(feed: string): number {
    const known = this.#before.get(feed)
    if (known !== undefined) return known
    const before = Math.max(0, ...this.#sent.keys())
    this.#before.set(feed, before)
    return before
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
      ...(this.#texts.size > 0 && { texts: [...this.#texts] }),
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
