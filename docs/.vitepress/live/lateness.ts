// How late messages are: on a scale, in a figure, and in the middle.

import { formatFigure } from '../../../bench/report/format.ts'

/** The scale of the race: each step is ten times the one before. */
export const ticks = [
  { ms: 0.1, label: '0.1 ms' },
  { ms: 1, label: '1 ms' },
  { ms: 10, label: '10 ms' },
  { ms: 100, label: '0.1 s' },
  { ms: 1_000, label: '1 s' },
  { ms: 10_000, label: '10 s' },
] as const

/** 0 at the first tick, 1 at the last. */
export function placeOf(ms: number): number {
  const steps = Math.log10(Math.max(ms, 0.1) / 0.1)
  return Math.min(steps / (ticks.length - 1), 1)
}

export function describeMs(ms: number): string {
  return formatFigure(ms * 1_000, 'us')
}

/** @returns undefined when there are no values */
export function medianOf(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  if (sorted.length % 2 === 1) return sorted[Math.floor(middle)]
  const [low, high] = [sorted[middle - 1], sorted[middle]]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}
