// The thread of the pacer. Timers of an event loop come up to a millisecond
// late; a thread that sleeps, and looks at the clock for the last moment, does not.

import { parentPort } from 'node:worker_threads'

import { clockFrom } from './clock.ts'
import type { Due, Schedule } from './pacer.ts'

/** Sleeping is not exact: this much earlier the thread wakes, and spins. */
const spinNs = 200_000

/** Above it, messages go in small groups: nobody paces 100,000 a second one by one. */
const groupNs = 200_000

const cell = new Int32Array(new SharedArrayBuffer(4))

parentPort?.on('message', ({ epochNs, ratePerS, count }: Schedule) => {
  const now = clockFrom(epochNs)
  const everyNs = 1e9 / ratePerS
  // Time for the message that starts this to arrive everywhere.
  const startNs = now() + 5e6
  let spunNs = 0
  let next = 0
  while (next < count) {
    const dueAt = startNs + next * everyNs
    const sleepNs = dueAt - now() - spinNs
    if (sleepNs > 0) Atomics.wait(cell, 0, 0, sleepNs / 1e6)
    const spinFrom = now()
    while (now() < dueAt);
    const saidNs = now()
    spunNs += saidNs - spinFrom
    // All that is due by now: at high rates a small group.
    const dueNs: number[] = []
    while (next < count && startNs + next * everyNs <= saidNs)
      dueNs.push(startNs + next++ * everyNs)
    const due: Due = { dueNs, saidNs, spunMs: spunNs / 1e6 }
    parentPort?.postMessage(due)
    if (everyNs < groupNs) Atomics.wait(cell, 0, 0, groupNs / 1e6)
  }
})
