// The reader's own run beside the committed results: the same figures, each
// contestant twice.

import type { Reference } from '../../../bench/references.ts'
import { metricChart } from '../../../bench/report/charts.ts'
import type { Figure } from '../../../bench/report/figure.ts'
import {
  type Entry,
  type Section,
  sectionsOf,
} from '../../../bench/report/lookup.ts'
import { dayOf, describeMachine } from '../../../bench/report/machine-words.ts'
import { titled } from '../../../bench/report/scenario.ts'
import { viewsOf } from '../../../bench/report/views.ts'
import type { Metric, Result } from '../../../bench/result.ts'
import { references } from '../references.ts'
import {
  type ChartFile,
  chartFile,
  type Source,
  sourcesOf,
} from './chart-file.ts'
import { ownRun } from './own-run.ts'
import { ownTable } from './own-table.ts'
import { describeRatios, type Pair, pairsOf } from './pairs.ts'
import { type SiteFigure, siteScenarios, slugOf } from './site-figures.ts'

/** A scenario of the own run, ours and yours. */
export interface OwnScenario {
  readonly own: Section
  readonly ours: Section
  readonly figures: readonly SiteFigure[]
}

/** The scenarios of the run that the committed results have too. */
export function ownScenarios(
  run: Result,
  all: readonly Reference[],
): OwnScenario[] {
  return sectionsOf(run).flatMap((own) => {
    const { id } = own.scenario
    const ours = siteScenarios(all)
      .map(({ section }) => section)
      .find(({ scenario }) => scenario.id === id)
    if (ours === undefined) return []
    const both = besideEachOther(own, ours)
    const figures = viewsOf(both).flatMap(({ metric, section, at }) => {
      const pairs = pairsOf(own, ours, metric).filter(({ variant }) =>
        section.variants.includes(variant),
      )
      const spec = metricChart(section, metric)
      if (spec === undefined) return []
      const figure = titled(figureOf(own, metric, pairs), at)
      const name = ['own', id, metric.id, slugOf(at)].filter(Boolean).join('.')
      return [{ id: name, section, metric, figure: { ...figure, spec } }]
    })
    return [{ own, ours, figures }]
  })
}

/** @returns undefined when the newest own run has no such chart */
export function ownChart(id: string): ChartFile | undefined {
  const run = ownRun()
  if (run === undefined) return undefined
  const found = ownScenarios(run, references())
    .flatMap(({ figures }) => figures)
    .find((one) => one.id === id)
  return found && chartFile(found, ownSources(run, found))
}

export function ownSources(run: Result, figure: SiteFigure): Source[] {
  const { id, command, environment } = run
  const machine = describeMachine(environment)
  return [
    { id, command, machine, date: dayOf(run), whose: 'Yours' },
    ...sourcesOf(figure, references())
      .filter((one) => one.id !== id)
      .map((one) => ({ ...one, whose: 'Ours' })),
  ]
}

/** Only who took part in both runs, and where: a difference takes two. */
function besideEachOther(own: Section, ours: Section): Section {
  const entries = own.entries.flatMap((yours): Entry[] => {
    const { contestant, cell } = yours
    const reference = ours.entries.find(
      (one) =>
        one.contestant.id === contestant.id &&
        one.cell.variant === cell.variant,
    )
    if (reference === undefined) return []
    const { id, title } = contestant
    return [
      reference,
      {
        ...yours,
        contestant: {
          ...contestant,
          id: `${id}/yours`,
          title: `${title}, yours`,
        },
        identity: { ...reference.identity, filled: false, dash: [2, 3] },
      },
    ]
  })
  return { ...ours, variants: own.variants, entries, runs: [] }
}

function figureOf(
  { scenario }: Section,
  metric: Metric,
  pairs: readonly Pair[],
): Figure {
  const words = describeRatios(pairs)
  return {
    title: metric.title,
    note: `${metric.better} is better; ours filled, yours hollow`,
    alternative: words,
    words,
    tables: ownTable(`Yours beside ours, ${scenario.title}`, metric, pairs),
    spec: undefined,
    isLong: false,
  }
}
