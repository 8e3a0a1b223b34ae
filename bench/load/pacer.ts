// Says when the next message is due, in a thread of its own: a server that
// stalls does not slow the schedule down, and its stall is seen in full.

import { Worker } from 'node:worker_threads'

/** What the thread is asked for. */
export interface Schedule {
  readonly epochNs: string
  readonly ratePerS: number
  readonly count: number
}

/** What the thread says: these messages are due now. */
export interface Due {
  /** When each was to be sent, ns since the epoch. */
  readonly dueNs: readonly number[]
  /** When the thread said so: its own lateness is the difference. */
  readonly saidNs: number
  /** CPU time that it has spent waiting for exact moments. */
  readonly spunMs: number
}

export class Pacer implements AsyncDisposable {
  readonly #thread: Worker

  constructor() {
    // tsx does not reach into threads on Node 20: it is registered again there.
    const tsx = JSON.stringify(import.meta.resolve('tsx/esm/api'))
    const file = JSON.stringify(import.meta.resolve('./pacer-thread.ts'))
    this.#thread = new Worker(
      `import(${tsx}).then(({ register }) => { register(); return import(${file}) })`,
      { eval: true },
    )
  }

  /** Calls `onDue` for every message, at its time. Resolves after the last. */
  run(schedule: Schedule, onDue: (due: Due) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      let left = schedule.count
      const hear = (due: Due) => {
        left -= due.dueNs.length
        onDue(due)
        if (left > 0) return
        this.#thread.off('message', hear)
        this.#thread.off('error', reject)
        resolve()
      }
      this.#thread.on('message', hear)
      this.#thread.once('error', reject)
      this.#thread.postMessage(schedule)
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#thread.terminate()
  }
}
