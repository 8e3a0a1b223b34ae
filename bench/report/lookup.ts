// Finds in a result what belongs together.

import type {
  Absent,
  Cell,
  ContestantFacts,
  Environment,
  Metric,
  Result,
  Run,
  ScenarioFacts,
  Summary,
} from '../result.ts'
import { type Identity, identify } from './identity.ts'

/** One scenario with all that was measured in it. */
export interface Section {
  readonly scenario: ScenarioFacts
  readonly contestants: readonly ContestantFacts[]
  /** As of the machine's facts. */
  readonly noisePercent: Environment['noisePercent']
  /** Those that were measured. */
  readonly variants: readonly string[]
  /** In the order of the contestants. */
  readonly entries: readonly Entry[]
  readonly runs: readonly Run[]
  readonly absent: readonly Absent[]
}

/** A cell, and whose it is. */
export interface Entry {
  readonly contestant: ContestantFacts
  readonly identity: Identity
  readonly cell: Cell
  /** The id of the result in which it stands. */
  readonly source: string
}

/** An entry that has a figure for one metric. */
export interface Reported extends Entry {
  readonly summary: Summary
}

export function sectionsOf(result: Result): Section[] {
  const identities = identify(result.contestants)
  return result.scenarios.map((scenario) => {
    const isHere = (one: { scenario: string }) => one.scenario === scenario.id
    const cells = result.cells.filter(isHere)
    return {
      scenario,
      contestants: result.contestants,
      noisePercent: result.environment.noisePercent,
      variants: scenario.variants.filter((variant) =>
        cells.some((cell) => cell.variant === variant),
      ),
      entries: result.contestants.flatMap((contestant) => {
        const identity = identities.get(contestant.id)
        if (identity === undefined) return []
        return cells
          .filter((cell) => cell.contestant === contestant.id)
          .map((cell) => ({ contestant, identity, cell, source: result.id }))
      }),
      runs: result.runs.filter(isHere),
      absent: result.absent.filter(isHere),
    }
  })
}

/** Those with a figure for the metric, at one position of the knob. */
export function reportedOn(
  { entries }: Section,
  metric: Metric,
  variant: string,
): Reported[] {
  return entries.flatMap((entry) => {
    const summary = entry.cell.figures[metric.id]
    if (entry.cell.variant !== variant || summary === undefined) return []
    return [{ ...entry, summary }]
  })
}

/** The metrics that get a chart: those it says itself, or the first two that can be better or worse. */
export function headlinesOf({ metrics, views }: ScenarioFacts): Metric[] {
  if (views)
    return metrics.filter(({ id }) => views.some(({ metric }) => metric === id))
  return metrics.filter((metric) => metric.better !== 'neither').slice(0, 2)
}

export function isControl({ contestant }: Entry): boolean {
  return contestant.kind === 'control'
}

/** Whether a figure may take part in a ranking. */
export function counts({ cell, summary }: Reported): boolean {
  return cell.verdict === 'ok' && summary.bound === undefined
}
