// Writes costs and break-evens for people.

import { formatFigure, formatNumber } from '../../../bench/report/format.ts'
import { breakEvenS, type Measure, pollToPush } from './break-even.ts'
import {
  type Costs,
  intervalFor,
  type Load,
  type Measured,
  type MeasuredPoll,
  type MeasuredPush,
} from './costs.ts'

/** `1.2 KiB/s` */
export function bytesPerS(value: number): string {
  return `${formatFigure(value, 'bytes')}/s`
}

/** `0.013`: CPUs that are busy. */
export function coresOf({ cores }: Costs): string {
  return cores < 0.001 ? 'below 0.001' : formatNumber(cores, 2)
}

/** `32 MiB` */
export function memoryOf({ memoryKiB }: Costs): string {
  const mib = memoryKiB / 1_024
  return mib < 1_000
    ? formatFigure(memoryKiB, 'KiB')
    : `${formatNumber(mib / 1_024)} GiB`
}

/** `38 ms, at most 46 ms`: of the middle subscriber, and of the last one. */
export function delayOf({ usualDelayMs, mostDelayMs, isBound }: Costs): string {
  const sign = isBound ? '≤ ' : ''
  return `${sign}${duration(usualDelayMs)}, at most ${duration(mostDelayMs)}`
}

/** `38 ms`, `12 s`, `13 min` */
export function duration(ms: number): string {
  if (ms < 995) return `${formatNumber(ms, 2)} ms`
  const s = ms / 1_000
  if (s < 119.5) return `${formatNumber(s, 2)} s`
  if (s < 7_170) return `${formatNumber(s / 60, 2)} min`
  return `${formatNumber(s / 3_600, 2)} h`
}

/** The interval at which a poll costs as little: `42 s`, `never`. */
export function breakEvenOf(
  poll: MeasuredPoll,
  push: MeasuredPush,
  load: Load,
  measure: Measure,
): string {
  const found = breakEvenS(poll, push, load, measure)
  return found === undefined
    ? 'less than once a day'
    : `once in ${duration(found * 1_000)}`
}

/** The answer in a sentence: cheaper to poll, or to push? */
export function describeBreakEven(
  all: readonly Measured[],
  load: Load,
): string | undefined {
  const poll = all.find((one) => one.delivery === 'poll')
  const pushes = all.filter(
    (one): one is MeasuredPush => one.delivery === 'stream',
  )
  if (poll === undefined || pushes.length === 0) return undefined
  const intervalS = intervalFor(load)
  const sentences = (['bytes', 'cpu'] as const).map((measure) => {
    const ratio = (push: MeasuredPush) =>
      pollToPush(poll, push, load, intervalS, measure)
    // The one that polling has the hardest time to beat.
    const [first] = [...pushes].sort((a, b) => ratio(b) - ratio(a))
    return first && compare(first.title, ratio(first), names[measure])
  })
  return `Polled once in ${duration(intervalS * 1_000)}, which keeps the delay that you accept, ${poll.title.toLowerCase()} takes ${sentences.join(' and ')}.`
}

const names = { bytes: 'the bytes', cpu: 'the CPU time' }

function compare(title: string, ratio: number, name: string): string {
  return ratio >= 0.95 && ratio <= 1.05
    ? `about ${name} of ${title}`
    : `${formatNumber(ratio, 2)} times ${name} of ${title}`
}
