// A result as a table with bars, and what it says in sentences.

import pc from 'picocolors'

import { formatFigure, formatInterval } from '../report/format.ts'
import {
  type Reported,
  reportedOn,
  type Section,
  sectionsOf,
} from '../report/lookup.ts'
import { shownIn } from '../report/views.ts'
import { describeLimits } from '../report/words.ts'
import type { Metric, Result } from '../result.ts'
import { barOf, scaleFor } from './bars.ts'
import { findingsOf } from './findings.ts'

/** @param width of the terminal, in characters */
export function tableOf(result: Result, width: number): string {
  const parts = sectionsOf(result).flatMap((section) => [
    ...section.variants.flatMap((variant) =>
      shownIn(section)
        .filter(({ variants }) => variants.includes(variant))
        .map(({ metric }) => metricTable(section, variant, metric, width)),
    ),
    ...section.absent.map(
      ({ contestant, reason }) => `${pc.dim(`  ${contestant}: ${reason}`)}\n`,
    ),
  ])
  const findings = findingsOf(result)
  return [
    ...parts.filter((part) => part !== ''),
    pc.bold('What this says'),
    ...findings.map((finding) => `· ${finding}`),
  ].join('\n')
}

function metricTable(
  section: Section,
  variant: string,
  metric: Metric,
  width: number,
): string {
  const reported = reportedOn(section, metric, variant)
  if (reported.length === 0) return ''
  const title = [section.scenario.title, variant].filter(Boolean).join(', ')
  const scale = scaleFor(reported.map(({ summary }) => summary.median))
  const names = reported.map(nameOf)
  const figures = reported.map((one) => figureOf(metric, one))
  const nameWidth = Math.max(...names.map((name) => name.length))
  const figureWidth = Math.max(...figures.map((figure) => figure.length))
  const barWidth = Math.max(
    8,
    Math.min(30, width - nameWidth - figureWidth - 20),
  )
  const rows = reported.map(({ cell, summary }, n) => {
    const bar = barOf(summary.median, scale, barWidth).padEnd(barWidth)
    const limit = pc.dim(describeLimits(section.scenario, cell))
    const verdict = cell.verdict === 'ok' ? limit : pc.yellow(cell.verdict)
    return `  ${names[n]?.padEnd(nameWidth)}  ${figures[n]?.padEnd(figureWidth)}  ${pc.cyan(bar)} ${summary.letters ?? ''} ${verdict}`.trimEnd()
  })
  const kind = scale.logarithmic
    ? pc.dim(' (each step of a bar multiplies)')
    : ''
  return `${pc.bold(title)}: ${metric.title}${kind}\n${rows.join('\n')}\n`
}

/** Two of one transport are told apart by whose they are. */
function nameOf({ contestant }: Reported): string {
  const { title, kind, implementation } = contestant
  return kind === 'library' ? implementation : title
}

function figureOf({ unit }: Metric, { summary }: Reported): string {
  const { median, ci95, bound } = summary
  const sign = bound === undefined ? '' : bound === 'at least' ? '≥ ' : '≤ '
  const interval = ci95 ? ` (${formatInterval(ci95, unit)})` : ''
  return `${sign}${formatFigure(median, unit)}${interval}`
}
