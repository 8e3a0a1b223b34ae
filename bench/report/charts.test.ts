// What charts show of a scenario.

import { expect, test } from 'vitest'

import type { ScenarioFacts } from '../result.ts'
import { metricChart } from './charts.ts'
import { headlinesOf, type Section, sectionsOf } from './lookup.ts'
import { sampleResult } from './sample-result.ts'

test.each([
  { variants: ['1 subscriber', '1,000 subscribers'], positions: [1, 1_000] },
  { variants: ['RTT 0 ms', 'RTT 20 ms'], positions: [0, 1], names: true },
])('a knob at $variants is drawn at $positions', ({ variants, ...wanted }) => {
  const chart = chartWith(variants)
  if (chart?.kind !== 'lines') throw new Error('A knob must have lines.')
  expect(chart.joined).toBe(!wanted.names)
  expect(chart.x.ticks.map(({ at }) => at)).toEqual(wanted.positions)
  for (const { points } of chart.lines)
    expect(points.map(({ x }) => x)).toEqual(wanted.positions)
})

/** The first scenario, measured alike at each position. */
function chartWith(variants: readonly string[]) {
  const [section] = sectionsOf(sampleResult())
  if (section === undefined) throw new Error('The sample has no scenario.')
  const scenario: ScenarioFacts = { ...section.scenario, variants }
  const everywhere: Section = {
    ...section,
    scenario,
    variants,
    entries: section.entries.flatMap((entry) =>
      variants.map((variant) => ({
        ...entry,
        cell: { ...entry.cell, variant },
      })),
    ),
  }
  const [metric] = headlinesOf(scenario)
  return metric && metricChart(everywhere, metric)
}
