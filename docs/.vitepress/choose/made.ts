// Measurements made up for tests: round numbers, so that a hand can compute.

import type { Reference } from '../../../bench/references.ts'
import type { Load as BenchLoad, Result } from '../../../bench/result.ts'
import type { Load, MeasuredPoll, MeasuredPush } from './costs.ts'

export const madePoll: MeasuredPoll = {
  folder: '01-made-poll',
  title: 'Made poll',
  delivery: 'poll',
  residentKiB: 20,
  askBytes: 100,
  emptyBytes: 200,
  fullBytes: 250,
  aroundBytes: 30,
  beatUs: 100,
  messageUs: 10,
}

export const madeStream: MeasuredPush = {
  folder: '02-made-stream',
  title: 'Made stream',
  delivery: 'stream',
  residentKiB: 25,
  around: [
    { at: 2, value: 28 },
    { at: 100, value: 20 },
  ],
  fanOut: [
    { at: 1, value: 100 },
    { at: 10, value: 190 },
    { at: 1_000, value: 10_090 },
  ],
  askBytes: 0,
  roundTrips: 0,
  idleDownPerS: 0.5,
  idleUpPerS: 0.25,
  beatEveryS: 15,
  beatUs: 30,
  middleMs: [
    { at: 1, value: 1 },
    { at: 1_000, value: 11 },
  ],
  lastMs: [
    { at: 1, value: 1 },
    { at: 1_000, value: 21 },
  ],
}

export const madeHeld: MeasuredPush = {
  ...madeStream,
  folder: '03-made-held',
  title: 'Made held',
  delivery: 'held',
  askBytes: 100,
  roundTrips: 0,
}

/** With it, a poll's interval is 9.95 s and its cycle 10 s. */
export const madeLoad: Load = {
  everyS: 20,
  bytes: 200,
  subscribers: 1_000,
  withinS: 10.025,
  rttMs: 50,
}

/** One cell of a made result: what was asked, and what came out. */
export interface MadeCell {
  readonly scenario: string
  readonly variant?: string
  readonly load?: Partial<BenchLoad>
  readonly figures: Readonly<Record<string, number>>
}

/** A result in which one contestant was measured. */
export function madeReference(
  contestant: string,
  made: readonly MadeCell[],
): Reference {
  const names = [...new Set(made.map(({ scenario }) => scenario))]
  const variantsOf = (scenario: string) =>
    made
      .filter((one) => one.scenario === scenario)
      .map(({ variant = '' }) => variant)
  const result = {
    scenarios: names.map((id) => ({
      id,
      variants: variantsOf(id),
      metrics: [],
    })),
    runs: made.map(({ scenario, variant = '', load }) => {
      const usual = { subscribers: 1, bytes: 64, pollEveryMs: 1_000 }
      return { scenario, variant, contestant, load: { ...usual, ...load } }
    }),
    cells: made.map(({ scenario, variant = '', figures }) => ({
      scenario,
      variant,
      contestant,
      verdict: 'ok',
      figures: Object.fromEntries(
        Object.entries(figures).map(([id, median]) => [id, { median }]),
      ),
    })),
  }
  return { file: 'made.json', result: result as unknown as Result }
}
