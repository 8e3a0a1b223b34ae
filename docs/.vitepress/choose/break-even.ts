// Cheaper to poll or to push? The interval from which polling takes less.

import {
  type Load,
  type MeasuredPoll,
  type MeasuredPush,
  pollCosts,
  pushCosts,
} from './costs.ts'

/** What is compared: all bytes on the wire, or the server's CPU time. */
export type Measure = 'bytes' | 'cpu'

/** Between these an interval is looked for: nobody polls more seldom than once a day. */
const shortestS = 0.1
const longestS = 86_400

/**
 * The shortest interval in seconds at which polling costs no more than pushing
 * the same messages.
 *
 * @returns undefined when it costs more even once a day
 */
export function breakEvenS(
  poll: MeasuredPoll,
  push: MeasuredPush,
  load: Load,
  measure: Measure,
): number | undefined {
  const pushed = amount(pushCosts(push, load), measure)
  const polled = (intervalS: number) =>
    amount(pollCosts(poll, load, intervalS), measure)
  if (polled(longestS) > pushed) return undefined
  if (polled(shortestS) <= pushed) return shortestS
  // The longer the interval, the cheaper: halve until both ends are one.
  let [dear, cheap] = [shortestS, longestS]
  while (cheap / dear > 1.001) {
    const middle = Math.sqrt(dear * cheap)
    if (polled(middle) > pushed) dear = middle
    else cheap = middle
  }
  return cheap
}

/** How many times as much polling takes, at an interval. */
export function pollToPush(
  poll: MeasuredPoll,
  push: MeasuredPush,
  load: Load,
  intervalS: number,
  measure: Measure,
): number {
  return (
    amount(pollCosts(poll, load, intervalS), measure) /
    amount(pushCosts(push, load), measure)
  )
}

function amount(
  costs: { downPerS: number; upPerS: number; cores: number },
  measure: Measure,
): number {
  return measure === 'bytes' ? costs.downPerS + costs.upPerS : costs.cores
}
