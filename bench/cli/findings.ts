// What a result says, in one sentence for each table: who is at its ends, and
// whether that is more than chance.

import { formatFigure } from '../report/format.ts'
import {
  counts,
  reportedOn,
  type Section,
  sectionsOf,
} from '../report/lookup.ts'
import { shownIn } from '../report/views.ts'
import type { Comparison, Result } from '../result.ts'

export function findingsOf(result: Result): string[] {
  const few = result.cells.some(({ scenario, verdict, figures }) => {
    const [first] =
      result.scenarios.find(({ id }) => id === scenario)?.metrics ?? []
    const summary = first && figures[first.id]
    return verdict === 'ok' && summary && summary.letters === undefined
  })
  return [
    ...endsOf(result),
    ...(few
      ? [
          'Where no letters stand, the rounds are too few to prove a difference between contestants: --normal and --publish measure more.',
        ]
      : []),
  ]
}

function endsOf(result: Result): string[] {
  return sectionsOf(result).flatMap((section) => {
    const { scenario } = section
    return askedFirst(section).flatMap(({ metric, variant, what }) => {
      const ranked = reportedOn(section, metric, variant)
        .filter(counts)
        .sort((a, b) => a.summary.median - b.summary.median)
      const title = [scenario.title, variant, what].filter(Boolean).join(', ')
      const [least, most] = [ranked.at(0), ranked.at(-1)]
      if (least === undefined || most === undefined || least === most)
        return [`${title}: no two figures may be compared; see the verdicts.`]
      const factor = most.summary.median / least.summary.median
      const times =
        least.summary.median > 0
          ? `, ${factor < 10 ? factor.toFixed(1) : Math.round(factor).toLocaleString('en')} times as much`
          : ''
      const of = (one: typeof least) =>
        formatFigure(one.summary.median, metric.unit)
      const isProved = differ(
        result.comparisons,
        [scenario.id, variant, metric.id],
        [least.contestant.id, most.contestant.id],
      )
      const caveat =
        isProved || least.summary.letters === undefined
          ? ''
          : `; ${least.summary.rounds} rounds do not prove it`
      return [
        `${title}: ${least.contestant.title} has the least with ${of(least)}, ${most.contestant.title} the most with ${of(most)}${times}${caveat}.`,
      ]
    })
  })
}

/** Its first figure at every position, or what it says itself is to be shown. */
function askedFirst(section: Section) {
  const { scenario, variants } = section
  const shown = scenario.views
    ? shownIn(section)
    : scenario.metrics.slice(0, 1).map((metric) => ({ metric, variants }))
  return shown.flatMap(({ metric, variants }) =>
    variants.map((variant) => ({
      metric,
      variant,
      // Where there is one figure, its scenario names it.
      what: scenario.views && metric.title,
    })),
  )
}

function differ(
  comparisons: readonly Comparison[],
  [scenario, variant, metric]: readonly [string, string, string],
  pair: readonly [string, string],
): boolean {
  return comparisons.some(
    (one) =>
      one.scenario === scenario &&
      one.variant === variant &&
      one.metric === metric &&
      pair.includes(one.a) &&
      pair.includes(one.b) &&
      one.differs,
  )
}
