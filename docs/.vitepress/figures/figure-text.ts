// A single figure for prose: `0.296 ms (0.269–0.346 ms)`.

import type { Reference } from '../../../bench/references.ts'
import type { Section } from '../../../bench/report/lookup.ts'
import { medianWithInterval } from '../../../bench/report/words.ts'
import { siteScenarios } from './site-figures.ts'

/**
 * @param words scenario, metric, contestant, and the position of the knob where
 *   there are several: `fan-out lastP50Us 05-websocket 100 subscribers`
 * @returns with its verdict, where that is not ok
 * @throws Error that says what there is, when there is no such figure
 */
export function figureText(
  references: readonly Reference[],
  words: readonly string[],
): string {
  const [scenario = '', metric = '', contestant = '', ...rest] = words
  const sections = siteScenarios(references).map(({ section }) => section)
  const section = pick(sections, scenario, 'scenario', (one) => one.scenario.id)
  const { unit } = pick(
    section.scenario.metrics,
    metric,
    `metric of ${scenario}`,
    ({ id }) => id,
  )
  const entries = entriesOf(section, contestant)
  const variant = rest.join(' ')
  const { cell } = pick(
    entries,
    variant,
    `position of ${scenario}, ${contestant}`,
    (entry) => entry.cell.variant,
  )
  const summary = cell.figures[metric]
  if (summary === undefined)
    throw new Error(
      `${words.join(' ')} has no figure: its verdict is ${cell.verdict}.`,
    )
  const text = medianWithInterval(unit, summary)
  return cell.verdict === 'ok' ? text : `${text}, ${cell.verdict}`
}

function entriesOf({ scenario, entries }: Section, contestant: string) {
  const found = entries.filter((entry) => entry.contestant.id === contestant)
  if (found.length === 0)
    pick(
      entries,
      contestant,
      `contestant of ${scenario.id}`,
      (entry) => entry.contestant.id,
    )
  return found
}

function pick<T>(
  all: readonly T[],
  wanted: string,
  what: string,
  nameOf: (one: T) => string,
): T {
  const found = all.find((one) => nameOf(one) === wanted)
  if (found !== undefined) return found
  const names = [...new Set(all.map(nameOf))].map((name) => `"${name}"`)
  throw new Error(`There is no ${what} "${wanted}", only ${names.join(', ')}.`)
}
