// The race against real servers: a lane for each lesson, at a pace that is
// renewed while somebody watches.

import { parseCursor } from '../../../lessons/cursor.ts'
import {
  type Pace,
  paceLeaseMs,
  type RaceMessage,
} from '../../../scripts/control/manifest.ts'
import { type Lane, openLane } from './lane.ts'
import type { FromLane } from './messages.ts'
import { Recorder } from './recorder.ts'
import type { Recording } from './recording.ts'
import { arrive, miss, type Runner } from './runner.ts'
import type { Servers } from './servers.ts'

/** Takes what is to be told to whoever watches. */
export interface Telling {
  /** A sentence about what was done, or what has come of it. */
  act(sentence: string): void
  /** A sentence about what could not be done; empty when it could again. */
  problem(sentence: string): void
}

export class LiveRace {
  readonly #servers: Servers
  readonly #runners: ReadonlyMap<string, Runner>
  readonly #lanes = new Map<string, Lane>()
  readonly #recorder: Recorder
  readonly #telling: Telling
  /** Those whose connection broke, until all are open again. */
  readonly #broken = new Set<Runner>()
  readonly #renewal: ReturnType<typeof setInterval>
  #pace: Pace

  /**
   * @param runners one for each lesson of the manifest; they are kept up to date
   */
  constructor(
    servers: Servers,
    runners: readonly Runner[],
    pace: Pace,
    telling: Telling,
  ) {
    this.#servers = servers
    this.#runners = new Map(runners.map((runner) => [runner.folder, runner]))
    this.#telling = telling
    this.#pace = pace
    this.#recorder = new Recorder(runners)
    for (const { folder, raceUrl } of servers.manifest.lessons) {
      const on = (event: FromLane) => this.#hear(folder, event)
      this.#lanes.set(folder, openLane({ folder, url: raceUrl, on }))
    }
    this.#renewal = setInterval(() => this.#renew(), paceLeaseMs / 3)
    this.#renew()
  }

  setPace(pace: Pace): void {
    const { ratePerS, bytes } = pace
    this.#pace = pace
    this.#act(`${ratePerS} messages a second, of ${bytes} bytes each.`)
    this.#renew()
  }

  /** Cuts one lesson's connections, or those of all. */
  async cut(folder?: string): Promise<void> {
    const lessons = this.#servers.manifest.lessons.filter(
      (lesson) => folder === undefined || lesson.folder === folder,
    )
    const whose = folder === undefined ? 'All' : `${lessons[0]?.title}: all`
    this.#act(`${whose} connections are cut.`, folder)
    await this.#try(
      Promise.all(lessons.map(({ raceUrl }) => this.#servers.cut(raceUrl))),
    )
  }

  pause(folder: string, paused: boolean): void {
    const runner = this.#runners.get(folder)
    const lane = this.#lanes.get(folder)
    if (runner === undefined || lane === undefined) return
    runner.paused = paused
    if (paused) lane.pause()
    else lane.resume()
    const what = paused ? 'stops reading' : 'reads on'
    this.#act(`${runner.title}: the reader ${what}.`, folder)
  }

  async publish(text: string): Promise<void> {
    this.#act(`Somebody publishes “${text}”.`)
    await this.#try(this.#servers.publish(text))
  }

  recording(browser: string): Recording {
    return this.#recorder.finish(this.#servers.manifest.machine, browser)
  }

  stop(): void {
    clearInterval(this.#renewal)
    for (const lane of this.#lanes.values()) lane.close()
    for (const runner of this.#runners.values()) {
      runner.state = 'idle'
      runner.paused = false
    }
  }

  #hear(folder: string, event: FromLane): void {
    const runner = this.#runners.get(folder)
    if (runner === undefined) return
    switch (event.say) {
      case 'message': {
        const message = raceMessage(event.data)
        if (message === undefined) return
        // Two clocks of one machine may differ by a little.
        const lateMs = Math.max(event.atMs - message.sentAtMs, 0)
        const feed = parseCursor(event.id)?.feed ?? ''
        arrive(runner, { ...message, lateMs })
        this.#recorder.arrival(folder, feed, message, lateMs)
        return
      }
      case 'state': {
        const { state } = event
        this.#tell(runner, state.is, state.is === 'waiting' ? state.why : '')
        return
      }
      case 'gap':
        miss(runner, event.gap)
        return
      case 'ended':
        this.#tell(runner, 'ended', event.why)
        return
    }
  }

  #tell(runner: Runner, state: Runner['state'], why: string): void {
    runner.why = why
    if (runner.state === state) return
    if (runner.state === 'open') this.#broken.add(runner)
    runner.state = state
    if (state !== 'idle') this.#recorder.state(runner.folder, state)
    const all = [...this.#broken]
    if (all.length === 0 || all.some(({ state }) => state !== 'open')) return
    this.#broken.clear()
    const [only] = all
    if (all.length === 1)
      this.#act(`${only?.title} is open again.`, only?.folder)
    else this.#act('Every connection is open again.')
  }

  /** @param lane the folder of the only one that it concerns */
  #act(what: string, lane?: string): void {
    this.#recorder.act(what, lane)
    this.#telling.act(what)
  }

  #renew(): void {
    this.#try(this.#servers.setPace(this.#pace))
  }

  async #try(work: Promise<unknown>): Promise<void> {
    try {
      await work
      this.#telling.problem('')
    } catch (error) {
      this.#telling.problem((error as Error).message)
    }
  }
}

/** Undefined for what somebody published past the control server: it has no time. */
function raceMessage(data: string): RaceMessage | undefined {
  try {
    const message: Partial<RaceMessage> | null = JSON.parse(data)
    const isOne =
      Number.isInteger(message?.n) && Number.isFinite(message?.sentAtMs)
    return isOne ? (message as RaceMessage) : undefined
  } catch {
    // No JSON at all.
    return undefined
  }
}
