// How much of the machine others use while we measure: what all CPUs have done,
// less what our own processes say they have.

import type { MachineUse } from '../result.ts'
import { type CpuTimes, readCpuTimes } from './cpu-times.ts'

/** Where the figures come from: a test has its own. */
export interface CpuSource {
  readonly times: () => CpuTimes
  readonly nowMs: () => number
}

const system: CpuSource = {
  times: readCpuTimes,
  nowMs: () => performance.now(),
}

export class CpuWatch {
  readonly #source: CpuSource
  readonly #times: CpuTimes
  readonly #startedAt: number

  private constructor(source: CpuSource) {
    this.#source = source
    this.#times = source.times()
    this.#startedAt = source.nowMs()
  }

  static start(source: CpuSource = system): CpuWatch {
    return new CpuWatch(source)
  }

  /** `ownCpuMs`: what our processes, all of them, have used since the start. */
  stop(ownCpuMs: number): MachineUse {
    const { busyMs, stolenMs } = this.#source.times()
    const wallMs = this.#source.nowMs() - this.#startedAt
    const foreignMs = busyMs - this.#times.busyMs - ownCpuMs
    const share = (ms: number) => {
      // Nobody uses less than nothing: the system counts in ticks of 10 ms, a
      // process in microseconds, and the two are not read at the same moment.
      return wallMs > 0 ? Math.max(0, ms) / wallMs : 0
    }
    return {
      foreignCpus: share(foreignMs),
      ...(stolenMs !== undefined &&
        this.#times.stolenMs !== undefined && {
          stolenCpus: share(stolenMs - this.#times.stolenMs),
        }),
    }
  }
}
