// When messages arrived, as a line of text.

import { colors } from '../../../scripts/cli/colors.ts'
import type { Arrivals } from './arrivals.ts'

/** What is sent for it. */
export const steady = {
  messages: 20,
  everyMs: 100,
  /** Some of them fill a buffer. */
  bytes: 1_000,
}

/** `||||`: a place is the time between two messages. More than one there is a number. */
export function plot({ refused, lateMs }: Arrivals): string {
  if (refused !== undefined) return colors.red(refused)
  const there = lateMs.filter((late) => late !== undefined)
  const { messages, everyMs } = steady
  const places: number[] = []
  for (const [n, late] of lateMs.entries())
    if (late !== undefined) {
      const place = n + Math.floor(late / everyMs)
      places[place] = (places[place] ?? 0) + 1
    }
  const marks = Array.from(places, (count = 0) =>
    count === 0 ? '·' : count === 1 ? '|' : count > 9 ? '#' : `${count}`,
  )
  const missing = lateMs.length - there.length
  const median = there.toSorted((a, b) => a - b)[there.length >> 1]
  const words = [
    median !== undefined && `median ${median.toFixed(1)} ms`,
    missing > 0 && `${missing} not before the answer ends`,
  ].filter(Boolean)
  return `${marks.join('').padEnd(messages)}  ${words.join(', ')}`
}
