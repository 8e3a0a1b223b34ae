// Which runs there are, and in which order: every round has each of them once,
// shuffled, so that what changes on the machine meanwhile meets all alike.

import { randomNumbers } from '../lessons/requirements/random.ts'
import { carriesFeed, type Entrant } from './contestant.ts'
import { control } from './contestants.ts'
import type { Absent } from './result.ts'
import type { NamedScenario, Variant } from './scenario.ts'
import type { Settings } from './settings.ts'
import { shuffled } from './statistics/shuffled.ts'

export interface PlannedRun {
  readonly scenario: NamedScenario
  readonly variant: Variant
  readonly contestant: Entrant
  readonly round: number
  /** From 1. */
  readonly order: number
}

export interface Plan {
  readonly runs: readonly PlannedRun[]
  readonly absent: readonly Absent[]
  /** All who are asked anything, in their order. */
  readonly contestants: readonly Entrant[]
}

export function planRuns(
  scenarios: readonly NamedScenario[],
  contestants: readonly Entrant[],
  settings: Settings,
  seed: number,
): Plan {
  const random = randomNumbers(seed)
  const runs: PlannedRun[] = []
  const absent: Absent[] = []
  for (const scenario of scenarios) {
    const present = askedBy(scenario, contestants).filter((contestant) => {
      const reason = whyAbsent(scenario, contestant, settings)
      if (reason !== undefined)
        absent.push({
          scenario: scenario.id,
          contestant: contestant.id,
          reason,
        })
      return reason === undefined
    })
    const rounds = Math.min(
      settings.rounds,
      scenario.mostRounds ?? Number.POSITIVE_INFINITY,
      (settings.tour && scenario.tourRounds) || Number.POSITIVE_INFINITY,
    )
    for (let round = 1; round <= rounds; round++) {
      const cells = scenario
        .variants(settings)
        .flatMap((variant) =>
          present.map((contestant) => ({ scenario, variant, contestant })),
        )
        .filter(
          ({ contestant, variant }) =>
            !scenario.skips?.(contestant, variant, settings),
        )
      for (const cell of shuffled(cells, random))
        runs.push({ ...cell, round, order: runs.length + 1 })
    }
  }
  const asked = scenarios.flatMap((one) => askedBy(one, contestants))
  return {
    runs,
    absent,
    contestants: contestants.filter((one) => asked.includes(one)),
  }
}

/** To whom of all a scenario is put: to its own, or to those who carry a feed. */
export function askedBy<One extends Entrant>(
  scenario: NamedScenario,
  all: readonly One[],
): One[] {
  if (!('contestants' in scenario)) return all.filter(carriesFeed)
  const ids = scenario.contestants.map(({ id }) => id)
  return all.filter(({ id, sameAs }) => ids.includes(sameAs ?? id))
}

/** Why it has no answer, as a sentence; undefined when it has one. */
export function whyAbsent(
  scenario: NamedScenario,
  contestant: Entrant,
  { tls, link }: Partial<Settings> = {},
): string | undefined {
  const { lacks } = contestant
  if (tls && lacks?.tls) return lacks.tls
  if (lacks?.link && (link || scenario.isLinked)) return lacks.link
  return contestant.missing?.() ?? scenario.cannot?.(contestant)
}

/** The control runs with every scenario, whoever else was chosen. */
export function withControl(
  chosen: readonly Entrant[],
  all: readonly Entrant[],
): Entrant[] {
  const floor = all.filter(({ id }) => id === control)
  return [...floor, ...chosen.filter(({ id }) => id !== control)]
}
