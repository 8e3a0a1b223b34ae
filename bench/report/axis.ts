// Where an axis begins and ends, and the round figures that stand along it.

import type { Unit } from '../result.ts'
import type { Axis, Tick } from './chart-spec.ts'
import { formatFigure, formatNumber, scaleOf } from './format.ts'

/** Beyond this factor, small values would vanish at the foot of the axis. */
const widestLinear = 10 ** 1.5

/** How far below the smallest value a zero stands, as a part of the axis. */
const gapAboveZero = 0.15

/**
 * An axis that holds all values. A linear one begins at zero. A logarithmic one
 * has no place for a zero: where there is one it stands at the foot, marked.
 *
 * @param logFrom the factor between values from which the axis is logarithmic
 */
export function axisFor(
  values: readonly number[],
  unit: Unit,
  logFrom = widestLinear,
): Axis {
  const title = isScaled(unit) ? '' : unit
  const low = Math.min(...values)
  const high = Math.max(...values)
  const least = Math.min(...values.filter((value) => value > 0))
  if (low >= 0 && high / least > logFrom) {
    const [first, max] = [least / 1.25, high * 1.25]
    const ticks = logTicks(first, max, unit)
    if (low > 0) return { title, log: true, min: first, max, ticks }
    const min = first / (max / first) ** gapAboveZero
    const zero = { at: min, label: labelOf(0, unit) }
    return { title, log: true, min, max, ticks: [zero, ...ticks] }
  }
  const [from, to] = [Math.min(low, 0), Math.max(high, 0)]
  const { divisor } = scaleOf(Math.max(to, -from), unit)
  const step = niceStep((to - from) / divisor / 5)
  const first = Math.floor(from / divisor / step)
  // A little above the highest value, so that its marker is not on the edge.
  const last = Math.max(Math.ceil((to / divisor / step) * 1.04), first + 1)
  /** Rounded, since multiples of 0.1 are not exact. */
  const place = (index: number) =>
    Number((index * step).toPrecision(12)) * divisor
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => {
    const at = place(first + index)
    return { at, label: labelOf(at, unit) }
  })
  return { title, log: false, min: place(first), max: place(last), ticks }
}

/** The axis of a knob with numbers on it, such as `1, 10, 100 subscribers`. */
export function axisAt(title: string, positions: readonly number[]): Axis {
  const low = Math.min(...positions)
  const high = Math.max(...positions)
  const log = low > 0 && high / low >= 10
  const margin = log ? (high / low) ** 0.04 : (high - low || 1) * 0.04
  return {
    title,
    log,
    min: log ? low / margin : low - margin,
    max: log ? high * margin : high + margin,
    ticks: positions.map((at) => ({ at, label: formatNumber(at, 12) })),
  }
}

/** Factors within a power, from coarse to fine: the first that give enough. */
const grids = {
  decimal: [[1], [1, 2, 5], [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9]],
  binary: [[1], [1, 4], [1, 2, 4, 8], [1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12]],
} as const

function logTicks(min: number, max: number, unit: Unit): Tick[] {
  const isBinary = unit === 'bytes' || unit === 'KiB'
  const base = isBinary ? 16 : 10
  const first = base ** Math.floor(Math.log(min) / Math.log(base))
  let ticks: number[] = []
  for (const grid of isBinary ? grids.binary : grids.decimal) {
    ticks = []
    for (let power = first; power <= max; power *= base) {
      // Rounded, since powers below 1 are not exact.
      ticks.push(...grid.map((one) => Number((power * one).toPrecision(12))))
    }
    ticks = ticks.filter((at) => at >= min && at <= max)
    if (ticks.length >= 4) break
  }
  return ticks.map((at) => ({ at, label: labelOf(at, unit) }))
}

/** The unit stands at each tick where it changes along the axis, else once. */
function labelOf(at: number, unit: Unit): string {
  return isScaled(unit) ? formatFigure(at, unit) : formatNumber(at)
}

function isScaled(unit: Unit): boolean {
  return unit === 'us' || unit === 'KiB' || unit === 'bytes'
}

/** The next of 1, 2 and 5, times a power of ten. */
function niceStep(atLeast: number): number {
  if (!(atLeast > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(atLeast))
  const factor = [1, 2, 5].find((one) => one * power >= atLeast) ?? 10
  return factor * power
}
