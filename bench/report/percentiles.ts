// A latency's whole distribution: the rounds' histograms, added up, and read
// at each percentile that so many samples can tell.

import { build, decodeFromCompressedBase64 } from 'hdr-histogram-js'

import { namedPercentiles } from './named-percentiles.ts'

export interface Distribution {
  readonly samples: number
  readonly points: readonly PercentilePoint[]
}

export interface PercentilePoint {
  /** Of all samples, one in this many is slower: 100 is the 99th percentile. */
  readonly oneIn: number
  readonly us: number
}

/** How finely a curve is drawn: steps for each factor of ten. */
const steps = 12

/**
 * Percentiles of percentiles mean nothing, so the histograms are added before
 * they are read. HDR histograms of ns, V2, compressed, base64.
 */
export function distributionOf(histograms: readonly string[]): Distribution {
  const sum = build({ bitBucketSize: 32, autoResize: true })
  for (const text of histograms) sum.add(decodeFromCompressedBase64(text, 32))
  const samples = sum.totalCount
  return {
    samples,
    points: positions(samples).map((oneIn) => ({
      oneIn,
      us: sum.getValueAtPercentile(100 * (1 - 1 / oneIn)) / 1_000,
    })),
  }
}

/** Positions on the axis, up to the last that so many samples can tell. */
function positions(samples: number): number[] {
  const told = namedPercentiles.filter((one) => samples >= one.samples)
  const last = told.at(-1)?.oneIn ?? 0
  const count = Math.floor(steps * Math.log10(last) + 1e-9)
  const between = Array.from({ length: Math.max(count, 0) }, (_, step) =>
    Number((10 ** (step / steps)).toPrecision(6)),
  )
  const named = told.map((one) => one.oneIn)
  return [...new Set([...between, ...named])].sort((a, b) => a - b)
}
