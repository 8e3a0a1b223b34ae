// The race against real servers: a lane for each lesson, at a pace that is
// renewed while somebody watches.

import {
  type Pace,
  paceLeaseMs,
  type RaceMessage,
} from '../../../scripts/control/manifest.ts'
import { type Lane, openLane } from './lane.ts'
import type { FromLane } from './messages.ts'
import { Recorder } from './recorder.ts'
import type { Recording } from './recording.ts'
import { arrive, type Runner } from './runner.ts'
import type { Servers } from './servers.ts'

export class LiveRace {
  readonly #servers: Servers
  readonly #runners: ReadonlyMap<string, Runner>
  readonly #lanes = new Map<string, Lane>()
  readonly #recorder: Recorder
  readonly #onProblem: (sentence: string) => void
  readonly #renewal: ReturnType<typeof setInterval>
  #pace: Pace

  /**
   * @param runners one for each lesson of the manifest; they are kept up to date
   * @param onProblem takes what could not be done, as a sentence
   */
  constructor(
    servers: Servers,
    runners: readonly Runner[],
    pace: Pace,
    onProblem: (sentence: string) => void,
  ) {
    this.#servers = servers
    this.#runners = new Map(runners.map((runner) => [runner.folder, runner]))
    this.#onProblem = onProblem
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
    this.#recorder.act(`${ratePerS} messages a second, of ${bytes} bytes.`)
    this.#renew()
  }

  /** Cuts one lesson's connections, or those of all. */
  async cut(folder?: string): Promise<void> {
    const lessons = this.#servers.manifest.lessons.filter(
      (lesson) => folder === undefined || lesson.folder === folder,
    )
    const whose = folder === undefined ? 'All' : `${lessons[0]?.title}: all`
    this.#recorder.act(`${whose} connections are cut.`)
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
    this.#recorder.act(
      `${runner.title}: the reader ${paused ? 'stops reading' : 'reads on'}.`,
    )
  }

  async publish(text: string): Promise<void> {
    this.#recorder.act(`Somebody publishes “${text}”.`)
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
        const { n, sentAtMs, text }: RaceMessage = JSON.parse(event.data)
        // Two clocks of one machine may differ by a little.
        const lateMs = Math.max(event.atMs - sentAtMs, 0)
        arrive(runner, { n, lateMs, text })
        this.#recorder.arrival(folder, n, sentAtMs, lateMs)
        return
      }
      case 'state': {
        const { state } = event
        this.#tell(runner, state.is, state.is === 'waiting' ? state.why : '')
        return
      }
      case 'gap':
        // The servers were started anew, and count from 1 again.
        runner.last = undefined
        return
      case 'ended':
        this.#tell(runner, 'ended', event.why)
        return
    }
  }

  #tell(runner: Runner, state: Runner['state'], why: string): void {
    runner.why = why
    if (runner.state === state) return
    runner.state = state
    if (state !== 'idle') this.#recorder.state(runner.folder, state)
  }

  #renew(): void {
    this.#try(this.#servers.setPace(this.#pace))
  }

  async #try(work: Promise<unknown>): Promise<void> {
    try {
      await work
      this.#onProblem('')
    } catch (error) {
      this.#onProblem((error as Error).message)
    }
  }
}
