// Says in sentences what a chart shows, and ranks only what can be ranked.

import type { Cell, Metric, ScenarioFacts, Summary, Unit } from '../result.ts'
import type { Curve } from './charts.ts'
import {
  formatFigure,
  formatInterval,
  formatNumber,
  scaleOf,
} from './format.ts'
import { counts, isControl, type Reported } from './lookup.ts'
import { namedPercentiles } from './named-percentiles.ts'

/**
 * What one metric shows at one position of the knob.
 *
 * @param options.intervals whether each figure has its interval beside it
 */
export function describeMetric(
  metric: Metric,
  all: readonly Reported[],
  { intervals = true } = {},
): string {
  const reported = intervals ? all : all.map(withoutInterval)
  const floor = reported.find(isControl)
  const others = reported.filter((one) => !isControl(one))
  const ranked = others.filter(counts)
  const left = others.filter((one) => !counts(one))
  return [
    rank(metric, ranked),
    floor &&
      `The floor, ${floor.contestant.title}, is at ${figureOf(metric, floor)}.`,
    left.length > 0 && `Left out of the order: ${leftOut(metric, left)}.`,
  ]
    .filter(Boolean)
    .join(' ')
}

/** What each curve is at the percentiles that have a name. */
export function describeCurves(curves: readonly Curve[]): string {
  const sentences = curves.map(({ label, distribution }) => {
    const { samples, points } = distribution
    const values = namedPercentiles.flatMap((named) => {
      const point = points.find(({ oneIn }) => oneIn === named.oneIn)
      if (point === undefined) return []
      return [`${formatFigure(point.us, 'us')} at ${named.label}`]
    })
    return `${label}: ${list(values)} (${formatNumber(samples, 12)} samples).`
  })
  return sentences.join(' ')
}

/** Who set a figure of a flood, such as `limit: the server`. Empty for all else. */
export function describeLimits(
  { model }: Pick<ScenarioFacts, 'model'>,
  { limits }: Pick<Cell, 'limits'>,
): string {
  if (model !== 'saturate') return ''
  const [most] = Object.entries(limits).sort(([, a], [, b]) => b - a)
  if (most === undefined) return ''
  return most[0] === 'transport'
    ? 'limit: its own waiting'
    : `limit: the ${most[0]}`
}

/** `a, b and c` */
export function list(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('')
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** `≥ 12,300 per second`, where the true figure is known only to be more. */
export function medianOf(unit: Unit, { median, bound }: Summary): string {
  const sign = { 'at least': '≥ ', 'at most': '≤ ' }
  const prefix = bound === undefined ? '' : sign[bound]
  return `${prefix}${formatFigure(median, unit)}`
}

/** `0.296 ms (0.269–0.346 ms)`; without an interval where all rounds came out the same. */
export function medianWithInterval(unit: Unit, summary: Summary): string {
  const { median, ci95 } = summary
  const figure = medianOf(unit, summary)
  if (ci95 === undefined || ci95[0] === ci95[1]) return figure
  return `${figure} (${formatInterval(ci95, unit, median)})`
}

function rank(metric: Metric, ranked: readonly Reported[]): string {
  if (ranked.length === 0) return 'No figure here can take part in an order.'
  const [first, ...rest] = groupsOf(metric, ranked)
  if (first === undefined) return ''
  const best = { lower: 'lowest', higher: 'highest', neither: '' }[
    metric.better
  ]
  const then = rest.map((group) => membersOf(metric, group))
  if (first.length > 1 && rest.length === 0) {
    return `${membersOf(metric, first)}: no order is shown. ${why(first, 'them')}`
  }
  const sentences = [
    first.length === 1
      ? `${first[0]?.contestant.title} is ${best} with ` +
        `${first.map((one) => figureOf(metric, one)).join('')}`
      : `${membersOf(metric, first)} are ${best}`,
    ...then.map((members) => `then ${members}`),
  ]
  const tied = [first, ...rest].filter((group) => group.length > 1)
  const reasons = tied.map((group) => why(group, namesOf(group)))
  return `${sentences.join('; ')}. ${reasons.join(' ')}`.trim()
}

/**
 * Contestants in the order of the metric; those that share a letter, also by
 * way of a third one, are in one group and keep the order of the result.
 */
function groupsOf(metric: Metric, ranked: readonly Reported[]): Reported[][] {
  const sign = metric.better === 'higher' ? -1 : 1
  const hasAll = ranked.every(({ summary }) => summary.letters)
  // Nothing says which differ, or which way would be better: no order.
  if (!hasAll || sourcesOf(ranked).size > 1 || metric.better === 'neither')
    return [[...ranked]]
  const sorted = [...ranked].sort(
    (a, b) => sign * (a.summary.median - b.summary.median),
  )
  const groups: Reported[][] = []
  for (const one of sorted) {
    const tied = groups.findIndex((group) => group.some((it) => share(it, one)))
    if (tied === -1) groups.push([one])
    // All from the first that it shares a letter with: an order within an
    // order cannot be shown.
    else groups.push([...groups.splice(tied).flat(), one])
  }
  const place = (one: Reported) => ranked.indexOf(one)
  return groups.map((group) => group.sort((a, b) => place(a) - place(b)))
}

/** Letters compare those of one result. */
function sourcesOf(group: readonly Reported[]): Set<string> {
  return new Set(group.map(({ source }) => source))
}

function share(a: Reported, b: Reported): boolean {
  const letters = [...(a.summary.letters ?? '')]
  return letters.some((letter) => b.summary.letters?.includes(letter))
}

function namesOf(group: readonly Reported[]): string {
  return list(group.map(({ contestant }) => contestant.title))
}

/** @param names of the group, or a word for them where they were just named */
function why(group: readonly Reported[], names: string): string {
  if (sourcesOf(group).size > 1) {
    return `They come from ${sourcesOf(group).size} runs, and only what ran in the same rounds can be told apart.`
  }
  if (group.some(({ summary }) => !summary.letters)) {
    return `Too few rounds to tell ${names} apart.`
  }
  const isTied = group.every((a) => group.every((b) => share(a, b)))
  return isTied
    ? `Between ${names} no difference was shown.`
    : `Between ${names} not every difference was shown: see the letters.`
}

function membersOf(metric: Metric, group: readonly Reported[]): string {
  return list(
    group.map((one) => `${one.contestant.title} with ${figureOf(metric, one)}`),
  )
}

function leftOut(metric: Metric, left: readonly Reported[]): string {
  return list(
    left.map((one) => {
      const { verdict } = one.cell
      const reason = verdict === 'ok' ? 'a bound' : verdict
      return `${one.contestant.title} with ${figureOf(metric, one)} (${reason})`
    }),
  )
}

function withoutInterval({ summary, ...one }: Reported): Reported {
  const { ci95: _, ...rest } = summary
  return { ...one, summary: rest }
}

/** `0.21 ms (0.20–0.23)` */
function figureOf({ unit }: Metric, { summary }: Reported): string {
  const { median, ci95 } = summary
  const figure = medianOf(unit, summary)
  if (ci95 === undefined) return figure
  const { name } = scaleOf(median, unit)
  // The unit stands before the bracket already.
  const interval = formatInterval(ci95, unit, median)
  const ends = interval.slice(0, interval.length - name.length).trim()
  return `${figure} (${ends})`
}
