// Writes figures for people: `0.21 ms`, `1.3 s`, `17 KiB`, `12,300 per second`.
// The report's pages and the command line share it. Runs in Node and browsers.

import type { Unit } from '../result.ts'

/** A figure with its unit, to three significant digits. */
export function formatFigure(value: number, unit: Unit): string {
  if (!Number.isFinite(value)) return 'none'
  const { divisor, name } = scaleOf(value, unit)
  const number = formatNumber(value / divisor, digitsOf(unit))
  return `${number} ${number === '1' ? singular(name) : name}`.trim()
}

/**
 * `0.20–0.23 ms`: both ends with as many decimals.
 *
 * @param beside the figure whose unit it takes: without it, the larger end's
 */
export function formatInterval(
  [low, high]: readonly [number, number],
  unit: Unit,
  beside = Math.max(Math.abs(low), Math.abs(high)),
): string {
  const { divisor, name } = scaleOf(beside, unit)
  const ends = [low / divisor, high / divisor]
  const size = Math.max(...ends.map(Math.abs)) || 1
  // The larger end gets all its digits, and the other stops where it does.
  const places = digitsOf(unit) - 1 - Math.floor(Math.log10(size))
  const rounded = ends.map((end) => roundTo(end, places))
  const decimals = Math.max(...rounded.map(decimalsOf))
  const texts = rounded.map((end) =>
    end.toLocaleString('en', {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    }),
  )
  return `${texts.join('–')} ${name}`.trim()
}

/** With commas between thousands. */
export function formatNumber(value: number, significantDigits = 3): string {
  const rounded = Number(value.toPrecision(significantDigits))
  // Adding 0 turns -0, which would be written with its sign, into 0.
  return (rounded + 0).toLocaleString('en', { maximumFractionDigits: 12 })
}

/** Counts are exact, and bytes nearly: cutting them would hide what differs. */
function digitsOf(unit: Unit): number {
  if (unit === 'count') return 12
  return unit === 'bytes' || unit === 'packets' ? 4 : 3
}

/** What a figure is divided by, and the unit that it then has. */
export interface Scale {
  readonly divisor: number
  readonly name: string
}

export function scaleOf(value: number, unit: Unit): Scale {
  const size = Math.abs(value)
  // The limits are those from which rounding would write 1,000 or 1,024.
  switch (unit) {
    case 'us':
      // From 0.1 ms on, in the unit in which people think of latency.
      if (size < 99.95) return { divisor: 1, name: 'µs' }
      if (size < 999_500) return { divisor: 1_000, name: 'ms' }
      return { divisor: 1_000_000, name: 's' }
    case 'bytes':
      if (size < 9_999.5) return { divisor: 1, name: 'bytes' }
      if (size < 1_023.5 * 1_024) return { divisor: 1_024, name: 'KiB' }
      return { divisor: 1_024 ** 2, name: 'MiB' }
    case 'KiB':
      if (size < 1_023.5) return { divisor: 1, name: 'KiB' }
      return { divisor: 1_024, name: 'MiB' }
    case 'count':
      return { divisor: 1, name: '' }
    default:
      return { divisor: 1, name: unit }
  }
}

function singular(name: string): string {
  return /^(bytes|packets|messages)$/.test(name) ? name.slice(0, -1) : name
}

/** To so many decimals; below 0, to tens, hundreds and so on. */
function roundTo(value: number, places: number): number {
  if (places >= 0) return Number(value.toFixed(Math.min(places, 20)))
  const step = 10 ** -places
  return Math.round(value / step) * step
}

function decimalsOf(value: number): number {
  return value.toFixed(12).replace(/0+$/, '').split('.')[1]?.length ?? 0
}
