// Takes what the cost formulas compute with from the committed results. A lesson
// that lacks a figure is left out, and named.

import { findCell, type Reference } from '../../../bench/references.ts'
import type { Load, Summary } from '../../../bench/result.ts'
import idleCost from '../../../bench/scenarios/idle-cost.ts'
import type { Lesson } from '../../../lessons/lesson.ts'
import type { Measured, MeasuredPoll, MeasuredPush, Point } from './costs.ts'

/** How often hearts beat while the idle cost is measured. */
const measuredBeatS = idleCost.rig().heartbeatMs / 1_000

/** What a lesson is asked for. */
type Subject = Pick<Lesson, 'title' | 'capabilities'> & {
  readonly folder: string
}

/** @returns undefined when the results do not hold all that it takes */
export function measuredOf(
  references: readonly Reference[],
  { folder, title, capabilities }: Subject,
): Measured | undefined {
  const source = new Source(references, folder)
  try {
    const common = {
      folder,
      title,
      residentKiB: source.median('memory', '', 'residentKiB'),
    }
    const { is: delivery } = capabilities.delivery
    return delivery === 'poll'
      ? { ...common, delivery, ...pollFigures(source) }
      : {
          ...common,
          delivery,
          roundTrips: capabilities.roundTrips ?? 0,
          ...pushFigures(source, (capabilities.heartbeatMs ?? 15_000) / 1_000),
        }
  } catch (error) {
    if (error instanceof Missing) return undefined
    throw error
  }
}

/** One equation for each rate at which the bytes were counted. */
function pollFigures(source: Source): Omit<MeasuredPoll, keyof Common> & Beat {
  const idle = source.wire('idle minute')
  const intervalS = idle.load.pollEveryMs / 1_000
  const polls = 60 / intervalS
  const askBytes = idle.up / polls
  const emptyBytes = idle.down / polls
  const sparse = source.wire('2 messages/s')
  const dense = source.wire('100 messages/s')
  // The bytes up tell how many polls there were for each message. More than
  // one: all but one found nothing.
  const sparsePolls = sparse.up / askBytes
  const densePolls = dense.up / askBytes
  const one = sparse.down - (sparsePolls - 1) * emptyBytes - sparse.load.bytes
  const many = dense.down - dense.load.bytes
  // full + around = one, and full * densePolls + around = many.
  const fullBytes = (one - many) / (1 - densePolls)
  const load = source.load('idle-cost', '')
  const beats = load.subscribers / (load.pollEveryMs / 1_000)
  return {
    askBytes,
    emptyBytes,
    fullBytes,
    aroundBytes: one - fullBytes,
    messageUs: source.median('throughput', 'saturated', 'serverUsPerDelivery'),
    beatUs: (source.median('idle-cost', '', 'cpuMsPerS') * 1_000) / beats,
  }
}

function pushFigures(
  source: Source,
  beatEveryS: number,
): Omit<MeasuredPush, keyof Common | 'delivery' | 'roundTrips'> & Beat {
  const idle = source.wire('idle minute')
  const rates = ['2 messages/s', '100 messages/s'].map((name) =>
    source.wire(name),
  )
  const beats = source.load('idle-cost', '').subscribers / measuredBeatS
  return {
    around: rates.map(({ load, down }) => ({
      at: load.ratePerS ?? 1,
      value: down - load.bytes,
    })),
    fanOut: source.points('fan-out', 'serverUsPerDelivery', (us, n) => us * n),
    askBytes: rates[0]?.up ?? 0,
    idleDownPerS: idle.down / 60,
    idleUpPerS: idle.up / 60,
    beatEveryS,
    beatUs: (source.median('idle-cost', '', 'cpuMsPerS') * 1_000) / beats,
    middleMs: source.points('fan-out', 'medianP50Us', (us) => us / 1_000),
    lastMs: source.points('fan-out', 'lastP50Us', (us) => us / 1_000),
  }
}

type Common = Record<
  'folder' | 'title' | 'residentKiB' | 'beatUs' | 'delivery',
  unknown
>
type Beat = { readonly beatUs: number }

class Missing extends Error {}

/** The results, as one contestant's. */
class Source {
  readonly #references: readonly Reference[]
  readonly #folder: string

  constructor(references: readonly Reference[], folder: string) {
    this.#references = references
    this.#folder = folder
  }

  summary(scenario: string, variant: string, metric: string): Summary {
    const found = findCell(this.#references, scenario, variant, this.#folder)
    const summary = found?.cell.figures[metric]
    if (summary === undefined) throw new Missing()
    return summary
  }

  median(scenario: string, variant: string, metric: string): number {
    return this.summary(scenario, variant, metric).median
  }

  /** What was asked of it when this was measured. */
  load(scenario: string, variant: string): Load {
    const found = findCell(this.#references, scenario, variant, this.#folder)
    const run = found?.result.runs.find(
      (one) =>
        one.scenario === scenario &&
        one.variant === variant &&
        one.contestant === this.#folder,
    )
    if (run === undefined) throw new Missing()
    return run.load
  }

  wire(variant: string) {
    return {
      down: this.median('wire', variant, 'bytesDown'),
      up: this.median('wire', variant, 'bytesUp'),
      load: this.load('wire', variant),
    }
  }

  /** By the number of subscribers. */
  points(
    scenario: string,
    metric: string,
    convert: (value: number, subscribers: number) => number,
  ): Point[] {
    const variants = this.#references
      .flatMap(({ result }) => result.scenarios)
      .find(
        ({ id, variants }) => id === scenario && variants.length > 1,
      )?.variants
    if (variants === undefined) throw new Missing()
    return variants.map((variant) => {
      const { median, bound } = this.summary(scenario, variant, metric)
      const { subscribers: at } = this.load(scenario, variant)
      const isBound = bound !== undefined
      return { at, value: convert(median, at), ...(isBound && { isBound }) }
    })
  }
}
