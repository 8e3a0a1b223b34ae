// HDR histograms of nanoseconds: three digits at every size, 24 ns to record,
// and two of them can be added. Percentiles of several rounds come from the
// sum, never from averages of percentiles.

import * as hdr from 'hdr-histogram-js'

await hdr.initWebAssembly()

export type Histogram = hdr.Histogram

export function newHistogram(): Histogram {
  return hdr.build({ bitBucketSize: 64, useWebAssembly: true })
}

/** Negative values are clocks' noise: 0. */
export function record(histogram: Histogram, ns: number): void {
  histogram.recordValue(ns > 0 ? Math.round(ns) : 0)
}

/** HdrHistogram V2, compressed, base64. */
export function encodeHistogram(histogram: Histogram): string {
  return hdr.encodeIntoCompressedBase64(histogram)
}

export function decodeHistogram(text: string): Histogram {
  return hdr.decodeFromCompressedBase64(text, 64, true)
}

/** All of them in one: the values of several rounds. Destroy what you get. */
export function mergeHistograms(texts: readonly string[]): Histogram {
  const sum = newHistogram()
  for (const text of texts) {
    const part = decodeHistogram(text)
    sum.add(part)
    part.destroy()
  }
  return sum
}

/**
 * Whether `count` values support the percentile: at least ten of them must lie
 * beyond it, or a single one decides.
 */
export function supports(count: number, percentile: number): boolean {
  return (count * (100 - percentile)) / 100 >= 10
}
