// Computes what the charts of one scenario show.

import type { Metric, Summary } from '../result.ts'
import { axisAt, axisFor } from './axis.ts'
import type {
  Axis,
  DotChart,
  Floor,
  LineChart,
  LinePoint,
  Reading,
} from './chart-spec.ts'
import type { Identity } from './identity.ts'
import { isControl, type Reported, reportedOn, type Section } from './lookup.ts'
import { namedPercentiles } from './named-percentiles.ts'
import type { Distribution } from './percentiles.ts'
import { ownNames } from './positions.ts'

/** One metric, all contestants. */
export function metricChart(
  section: Section,
  metric: Metric,
): DotChart | LineChart | undefined {
  const [variant = '', ...others] = section.variants
  return others.length === 0
    ? dotChart(section, metric, variant)
    : knobChart(section, metric)
}

function dotChart(
  section: Section,
  metric: Metric,
  variant: string,
): DotChart | undefined {
  const reported = reportedOn(section, metric, variant)
  if (reported.length === 0) return undefined
  const floor = floorOf(section, metric, reported)
  const values = [
    ...reported.flatMap(({ summary }) => extentOf(summary)),
    ...(floor === undefined ? [] : [floor.value, ...(floor.noise ?? [])]),
  ]
  return {
    kind: 'dots',
    unit: metric.unit,
    axis: axisFor(values, metric.unit),
    rows: reported.map((one) => ({
      contestant: one.contestant.id,
      label: labelOf(one),
      identity: one.identity,
      ...readingOf(one),
    })),
    ...(floor && { floor }),
  }
}

/** Over the positions of a knob, such as the number of subscribers. */
function knobChart(section: Section, metric: Metric): LineChart | undefined {
  const { variants } = section
  const knob = knobOf(variants)
  const groups = variants.map((variant) => reportedOn(section, metric, variant))
  const all = groups.flat()
  if (all.length === 0) return undefined
  const lines = new Map<string, LineChart['lines'][number]>()
  groups.forEach((reported, index) => {
    for (const one of reported) {
      const { id, title } = one.contestant
      const before = lines.get(id)?.points ?? []
      const x = knob.positions[index] ?? index
      const point: LinePoint = { x, marked: true, ...readingOf(one) }
      const points = [...before, point].sort((a, b) => a.x - b.x)
      lines.set(id, {
        contestant: id,
        label: title,
        identity: one.identity,
        points,
      })
    }
  })
  const values = all.flatMap(({ summary }) => extentOf(summary))
  return {
    kind: 'lines',
    unit: metric.unit,
    x: knob.axis,
    y: axisFor(values, metric.unit),
    joined: knob.ordered,
    lines: [...lines.values()],
  }
}

/** A contestant's latencies. */
export interface Curve {
  /** Its id. */
  readonly contestant: string
  readonly label: string
  readonly identity: Identity
  readonly distribution: Distribution
}

/** Latency at each percentile that the samples can tell. */
export function percentileChart(
  curves: readonly Curve[],
): LineChart | undefined {
  const lines = curves
    .filter(({ distribution }) => distribution.points.length > 1)
    .map(({ contestant, label, identity, distribution }) => ({
      contestant,
      label,
      identity,
      points: distribution.points.map(({ oneIn, us }) => ({
        x: oneIn,
        value: us,
        doubtful: false,
        marked: namedPercentiles.some((named) => named.oneIn === oneIn),
      })),
    }))
  const points = lines.flatMap((line) => line.points)
  if (points.length === 0) return undefined
  const last = Math.max(...points.map((point) => point.x))
  const values = points.map((point) => point.value)
  return {
    kind: 'lines',
    unit: 'us',
    x: {
      title: 'Percentile',
      log: true,
      min: 1,
      max: last * 1.15,
      ticks: namedPercentiles
        .filter(({ oneIn }) => oneIn <= last)
        .map(({ oneIn, label }) => ({ at: oneIn, label })),
    },
    y: axisFor(values, 'us', 1),
    joined: true,
    lines,
  }
}

function floorOf(
  { noisePercent, scenario }: Section,
  metric: Metric,
  reported: readonly Reported[],
): Floor | undefined {
  const control = reported.find(isControl)
  if (control === undefined) return undefined
  const { median } = control.summary
  const noise = noisePercent?.[`${scenario.id}/${metric.id}`]
  if (noise === undefined) return { value: median }
  // As a factor, so that it is as wide on both sides of a logarithmic axis.
  const factor = 1 + noise / 100
  return { value: median, noise: [median / factor, median * factor] }
}

function labelOf({ contestant, cell }: Reported): string {
  const { verdict } = cell
  return verdict === 'ok'
    ? contestant.title
    : `${contestant.title} (${verdict})`
}

function readingOf({ cell, summary }: Reported): Reading {
  const { median, ci95, bound } = summary
  return {
    value: median,
    doubtful: cell.verdict !== 'ok',
    ...(ci95 && { interval: ci95 }),
    ...(bound && { bound }),
  }
}

function extentOf({ median, ci95 }: Summary): number[] {
  return [median, ...(ci95 ?? [])]
}

interface Knob {
  readonly axis: Axis
  readonly positions: readonly number[]
  /** Whether a line from one position to the next means anything. */
  readonly ordered: boolean
}

/** Numbers of one thing, such as `1,000 subscribers`, or else just names. */
function knobOf(names: readonly string[]): Knob {
  const variants = ownNames(names)
  const parsed = variants.map((variant) => /^([\d.,]+) ?(.*)$/.exec(variant))
  const things = new Set(parsed.map((match) => match?.[2]?.replace(/s$/, '')))
  if (things.size === 1 && !things.has(undefined)) {
    const positions = parsed.map((match) =>
      Number(match?.[1]?.replaceAll(',', '')),
    )
    const title = parsed.at(-1)?.[2] ?? ''
    return { axis: axisAt(title, positions), positions, ordered: true }
  }
  const positions = variants.map((_, index) => index)
  return {
    axis: {
      ...axisAt('', positions),
      log: false,
      min: -0.5,
      max: variants.length - 0.5,
      ticks: variants.map((label, at) => ({ at, label })),
    },
    positions,
    ordered: false,
  }
}
