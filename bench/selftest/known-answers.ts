// Questions whose answer is known: what the benchmark has to find, before it
// may be believed about anything else.

import { loadContestant } from '../contestants.ts'
import { decodeHistogram, type Histogram } from '../load/histogram.ts'
import { type Delivery, Rig, type RigOptions, type WindowLoad } from '../rig.ts'
import { judge } from '../verdict.ts'
import { delayMs } from './contestants/delays.ts'
import { everyMs, stallMs } from './contestants/stalls.ts'

export interface KnownAnswer {
  readonly id: string
  /** What has to come out, as a sentence. */
  readonly sentence: string
  ask(signal: AbortSignal): Promise<Answer>
}

export interface Answer {
  /** What came out, as a sentence. */
  readonly found: string
  readonly holds: boolean
  /** Something else used the machine: what is late may be so for that. */
  readonly noisy: boolean
}

export const knownAnswers: readonly KnownAnswer[] = [
  {
    id: 'stall-open',
    sentence: `A server that stands still for ${stallMs} ms every ${everyMs / 1_000} s: an open loop has its 99th percentile at 180 ms, within a tenth.`,
    async ask(signal) {
      // A tenth of all messages meets a stall, and waits for what is left of
      // it: P(latency > x) = (200 ms - x) / 2 s. One in a hundred: 180 ms.
      const lawMs = stallMs - 0.01 * everyMs
      const { histograms, evidence } = await deliver('stalls', signal, {
        ratePerS: 250,
        // Whole periods, or a stall too many would count.
        seconds: (2 * everyMs) / 1_000,
        bytes: 64,
      })
      const p99Ms = percentileMs(histograms.due, 99)
      const noisy = isNoisy(evidence)
      return {
        found: `The 99th percentile is ${p99Ms.toFixed(1)} ms.`,
        // Others on the machine make it later, never sooner.
        holds: p99Ms >= 0.9 * lawMs && (noisy || p99Ms <= 1.1 * lawMs),
        noisy,
      }
    },
  },
  {
    id: 'stall-closed',
    sentence:
      'The same server: a closed loop misses it, since it sends nothing while it waits. Its 99th percentile is below 90 ms.',
    async ask(signal) {
      await using rig = await start('stalls', signal)
      const { trips } = await rig.generator.ask('echo', {
        count: 100_000,
        mostMs: 2 * everyMs,
        bytes: 64,
        deadlineMs: 20_000,
      })
      const p99Ms = percentileMs(trips, 99)
      const mostMs = percentileMs(trips, 100)
      return {
        found: `The 99th percentile is ${p99Ms.toFixed(2)} ms, the longest of all ${mostMs.toFixed(0)} ms.`,
        // It has met the stall, and does not show it.
        holds: p99Ms < 90 && mostMs > 0.9 * stallMs,
        noisy: false,
      }
    },
  },
  {
    id: 'delay',
    sentence: `A server that delivers each message after ${delayMs} ms: the median is ${delayMs} ms, and at most 1.5 ms for the way.`,
    async ask(signal) {
      const { histograms, evidence } = await deliver('delays', signal)
      const p50Ms = percentileMs(histograms.published, 50)
      const noisy = isNoisy(evidence)
      return {
        found: `The median is ${p50Ms.toFixed(2)} ms.`,
        holds: p50Ms >= 0.99 * delayMs && (noisy || p50Ms <= delayMs + 1.5),
        noisy,
      }
    },
  },
  {
    id: 'starved',
    sentence:
      'A generator that wastes 97 % of its time: its figures are no figures of the server, and the verdict is generator-bound.',
    async ask(signal) {
      const { evidence } = await deliver(undefined, signal, usual, {
        starve: 0.97,
      })
      const { verdict } = judge(evidence)
      return {
        found: `The verdict is ${verdict}.`,
        holds: verdict === 'generator-bound',
        noisy: false,
      }
    },
  },
  {
    id: 'drops',
    sentence:
      'A server that loses one message in ten: all that are lost are counted, and the verdict is lossy.',
    ask: (signal) => counted('drops', 'lost', signal),
  },
  {
    id: 'doubles',
    sentence:
      'A server that delivers one message in ten twice: all of these are counted, and the verdict is lossy.',
    ask: (signal) => counted('doubles', 'duplicated', signal),
  },
  {
    id: 'reorders',
    sentence:
      'A server that swaps one message in ten with the next: all of these are counted, and the verdict is lossy.',
    ask: (signal) => counted('reorders', 'reordered', signal),
  },
  {
    id: 'polling-law',
    sentence:
      'Short polling every 200 ms: latencies lie evenly between 0 and 200 ms, within a tenth of the interval at each of nine points.',
    async ask(signal) {
      const pollMs = 200
      const { histograms, evidence } = await deliver(
        '01-short-polling',
        signal,
        { ratePerS: 250, seconds: (20 * pollMs) / 1_000, bytes: 64 },
        { pollEveryMs: pollMs, reader: 'own' },
      )
      const noisy = isNoisy(evidence)
      const due = decodeHistogram(histograms.due)
      const farthest = farthestFromUniform(due, pollMs)
      due.destroy()
      return {
        found: `The farthest point is ${farthest.toFixed(1)} ms from the law.`,
        // On a busy machine all points move up by what each poll takes.
        holds: farthest <= (noisy ? pollMs / 2 : pollMs / 10),
        noisy,
      }
    },
  },
]

const usual: WindowLoad = { ratePerS: 400, seconds: 1, bytes: 64 }

/** @param name of a contestant of the self-test or of all others; raw TCP, if absent */
async function start(
  name: string | undefined,
  signal: AbortSignal,
  options: Partial<RigOptions> = {},
): Promise<Rig> {
  const id =
    name === undefined
      ? 'raw-tcp'
      : /^\d/.test(name)
        ? name
        : `selftest/${name}`
  return Rig.start({
    contestant: await loadContestant(id),
    tls: false,
    pollEveryMs: 200,
    signal,
    ...options,
  })
}

async function deliver(
  name: string | undefined,
  signal: AbortSignal,
  load: WindowLoad = usual,
  options: Partial<RigOptions> = {},
): Promise<Delivery> {
  await using rig = await start(name, signal, { reader: 'lean', ...options })
  await rig.subscribe(1)
  // The first messages compile the code.
  await rig.window({ ...load, seconds: 0.4 })
  return await rig.window(load)
}

async function counted(
  name: string,
  what: 'lost' | 'duplicated' | 'reordered',
  signal: AbortSignal,
): Promise<Answer> {
  const { counts, evidence } = await deliver(name, signal)
  const tenth = counts.sent / 10
  const others = (['lost', 'duplicated', 'reordered'] as const)
    .filter((other) => other !== what)
    .reduce((sum, other) => sum + counts[other], 0)
  const { verdict } = judge(evidence)
  return {
    found: `Of ${counts.sent} messages ${counts[what]} are ${what}; the verdict is ${verdict}.`,
    holds: counts[what] === tenth && others === 0 && verdict === 'lossy',
    noisy: false,
  }
}

function isNoisy({ machine }: Delivery['evidence']): boolean {
  return judge({ machine }).verdict === 'noisy'
}

function percentileMs(text: string, percentile: number): number {
  const histogram = decodeHistogram(text)
  const ms = histogram.getValueAtPercentile(percentile) / 1e6
  histogram.destroy()
  return ms
}

/** How far a decile is from that of a uniform distribution, at most. */
function farthestFromUniform(histogram: Histogram, mostMs: number): number {
  const distances = [10, 20, 30, 40, 50, 60, 70, 80, 90].map((percentile) =>
    Math.abs(
      histogram.getValueAtPercentile(percentile) / 1e6 -
        (mostMs * percentile) / 100,
    ),
  )
  return Math.max(...distances)
}
