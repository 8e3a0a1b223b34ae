// How autocannon is asked, and what its answer says.

import type { Options, Result } from 'autocannon'

import type { Outcome, Target } from './outcome.ts'

/** @param rate requests a second; absent: as many as it gets */
export function autocannonOptions(
  { url, headers, connections }: Target,
  seconds: number,
  rate?: number,
): Options {
  const options = {
    url: url.href,
    headers: { ...headers },
    connections,
    duration: seconds,
  }
  if (rate === undefined) return options
  // With a rate it adds the requests that a slow one has held back, one for
  // each interval. But `Math.ceil(1 / rate)` (lib/run.js of 9.0.0) is an
  // interval in seconds, and its histogram counts milliseconds: one answer of
  // 500 ms becomes 499 made-up ones, whatever the rate.
  return { ...options, overallRate: rate, ignoreCoordinatedOmission: true }
}

/** The parts of its result that count here. */
export type AutocannonResult = Pick<
  Result,
  'requests' | 'duration' | 'errors' | '4xx' | '5xx'
>

/** Its `non2xx` counts 304, which is what an empty poll is answered with. */
export function readAutocannon(
  result: AutocannonResult,
): Omit<Outcome, 'cpuMs'> {
  return {
    requests: result.requests.total,
    seconds: result.duration,
    errors: result.errors,
    refused: result['4xx'] + result['5xx'],
  }
}
