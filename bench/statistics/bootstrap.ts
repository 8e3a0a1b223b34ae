// How sure a median is: it is taken again from many resamples of the rounds.

import { medianSorted, quantileSorted } from 'simple-statistics'

import { randomNumbers } from '../../lessons/requirements/random.ts'

const resamples = 10_000

/**
 * 95 % percentile-bootstrap interval of the median (Efron 1979). Undefined
 * below 3 values: two of them tell nothing about their spread.
 */
export function medianInterval(
  values: readonly number[],
  seed: number,
): [number, number] | undefined {
  if (values.length < 3) return undefined
  const random = randomNumbers(seed)
  const medians = Float64Array.from({ length: resamples }, () =>
    medianOfResample(values, random),
  ).sort()
  // They look at their argument by index only.
  const sorted = medians as unknown as number[]
  return [quantileSorted(sorted, 0.025), quantileSorted(sorted, 0.975)]
}

function medianOfResample(
  values: readonly number[],
  random: () => number,
): number {
  const sample = Array.from(
    values,
    () => values[Math.floor(random() * values.length)] ?? 0,
  )
  return medianSorted(sample.sort((a, b) => a - b))
}
