// The figures that a lesson's write-up shows: of what was asked of this
// transport, what tells most about it.

import type { Reference } from '../../../bench/references.ts'
import { type SiteFigure, siteScenarios } from './site-figures.ts'

/** What most readers ask first: how fast, how steady, for how many, for how much. */
const preferred = [
  'push-latency',
  'push-latency.percentiles',
  'fan-out',
  'memory',
  'wire',
]

/** Enough to know a transport by, and no more than one can look at. */
const [least, most] = [3, 5]

/** @returns none for a lesson that was not measured */
export function lessonFigures(
  references: readonly Reference[],
  folder: string,
): SiteFigure[] {
  const all = siteScenarios(references).flatMap(({ figures }) =>
    figures.filter((one) => contains(one, folder)),
  )
  const first = preferred.flatMap((id) => {
    const found = all.find((one) => one.id === id || scenarioOf(one) === id)
    return found ? [found] : []
  })
  if (first.length >= least) return first.slice(0, most)
  const others = all.filter((one) => !first.includes(one))
  return [...first, ...others].slice(0, least)
}

function scenarioOf({ section }: SiteFigure): string {
  return section.scenario.id
}

/** Whether the chart shows anything of the contestant. */
function contains({ figure: { spec } }: SiteFigure, id: string): boolean {
  const drawn = spec?.kind === 'dots' ? spec.rows : (spec?.lines ?? [])
  return drawn.some(({ contestant }) => contestant === id)
}
