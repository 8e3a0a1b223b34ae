// What a chart is drawn from, as one JSON file: the drawing, and the same data
// for people and programs.

import type { Reference } from '../../../bench/references.ts'
import type { ChartSpec } from '../../../bench/report/chart-spec.ts'
import { dayOf, describeMachine } from '../../../bench/report/machine-words.ts'
import type { Summary, Unit, Verdict } from '../../../bench/result.ts'
import type { SiteFigure } from './site-figures.ts'

export interface ChartFile {
  readonly id: string
  readonly title: string
  readonly scenario: string
  /** What was asked. */
  readonly question: string
  readonly shows: string
  readonly hides: string
  readonly data: readonly (FigureRow | PercentileRow)[]
  readonly sources: readonly Source[]
  readonly spec: ChartSpec
}

/** Statistics over rounds, as they stand in a result. */
export interface FigureRow extends Summary {
  readonly contestant: string
  readonly title: string
  readonly implementation: string
  readonly variant: string
  readonly unit: Unit
  readonly verdict: Verdict
  readonly reasons: readonly string[]
  /** The id of the source. */
  readonly source: string
}

export interface PercentileRow {
  readonly contestant: string
  readonly title: string
  /** One in so many messages took longer. */
  readonly percentiles: readonly {
    readonly oneIn: number
    readonly us: number
  }[]
}

export interface Source {
  /** Of the result. */
  readonly id: string
  /** Its file's name; absent when it is not published. */
  readonly file?: string
  /** Where two stand beside each other. */
  readonly whose?: string
  readonly command: string
  readonly machine: string
  /** Such as `2026-11-22`. */
  readonly date: string
}

export function chartFile(
  { id, section, metric, figure }: SiteFigure,
  sources: readonly Source[],
): ChartFile {
  const { scenario } = section
  const { spec } = figure
  if (spec === undefined) throw new Error(`The figure ${id} has no chart.`)
  return {
    id,
    title: `${scenario.title}: ${figure.title}`,
    scenario: scenario.id,
    question: scenario.question,
    shows: scenario.shows,
    hides: scenario.hides,
    data: metric ? figureRows(section, metric) : percentileRows(spec),
    sources,
    spec,
  }
}

/** The results from which a figure was taken, the newest first. */
export function sourcesOf(
  { section }: Pick<SiteFigure, 'section'>,
  references: readonly Reference[],
): Source[] {
  const used = new Set(section.entries.map(({ source }) => source))
  return references
    .filter(({ result }) => used.has(result.id))
    .map(({ file, result }) => ({
      id: result.id,
      file,
      command: result.command,
      machine: describeMachine(result.environment),
      date: dayOf(result),
    }))
}

function figureRows(
  { entries }: SiteFigure['section'],
  { id, unit }: NonNullable<SiteFigure['metric']>,
): FigureRow[] {
  return entries.flatMap(({ contestant, cell, source }) => {
    const summary = cell.figures[id]
    if (summary === undefined) return []
    return [
      {
        contestant: contestant.id,
        title: contestant.title,
        implementation: contestant.implementation,
        variant: cell.variant,
        unit,
        ...summary,
        verdict: cell.verdict,
        reasons: cell.reasons,
        source,
      },
    ]
  })
}

function percentileRows(spec: ChartSpec): PercentileRow[] {
  if (spec.kind === 'dots') return []
  return spec.lines.map(({ contestant, label, points }) => ({
    contestant,
    title: label,
    percentiles: points
      .filter(({ marked }) => marked)
      .map(({ x, value }) => ({ oneIn: x, us: value })),
  }))
}
