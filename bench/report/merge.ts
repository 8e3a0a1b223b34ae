// Several results as one: of each scenario, the newest cell of each kind.

import { findCell, type Reference } from '../references.ts'
import type { ContestantFacts, ScenarioFacts } from '../result.ts'
import { rankOf } from '../scenario-order.ts'
import { identify } from './identity.ts'
import type { Entry, Section } from './lookup.ts'

/**
 * The scenarios in the order in which a reader wants the answers.
 *
 * @param references the newest first
 */
export function mergedSections(references: readonly Reference[]): Section[] {
  const contestants = contestantsOf(references)
  // Of all, so that a contestant looks the same in each scenario.
  const identities = identify(contestants)
  return scenariosOf(references).map((scenario) => {
    const isHere = (one: { scenario: string }) => one.scenario === scenario.id
    const found = contestants.flatMap((contestant) => {
      const identity = identities.get(contestant.id)
      if (identity === undefined) return []
      return scenario.variants.flatMap((variant) => {
        const { id } = contestant
        const it = findCell(references, scenario.id, variant, id)
        return it ? [{ ...it, contestant, identity }] : []
      })
    })
    const all = references.filter(({ result }) => result.cells.some(isHere))
    const has = (id: string) => found.some((one) => one.contestant.id === id)
    return {
      scenario,
      contestants,
      noisePercent: all[0]?.result.environment.noisePercent,
      variants: scenario.variants.filter((variant) =>
        found.some(({ cell }) => cell.variant === variant),
      ),
      entries: found.map(
        ({ contestant, identity, cell, result }): Entry => ({
          contestant,
          identity,
          cell,
          source: result.id,
        }),
      ),
      runs: found.flatMap(({ cell, result }) =>
        result.runs.filter(
          (run) =>
            isHere(run) &&
            run.variant === cell.variant &&
            run.contestant === cell.contestant,
        ),
      ),
      absent: uniqueBy(
        references.flatMap(({ result }) => result.absent.filter(isHere)),
        ({ contestant }) => contestant,
      ).filter(({ contestant }) => !has(contestant)),
    }
  })
}

/** The floor, the lessons in their order, and the others; ways as they were asked. */
function contestantsOf(references: readonly Reference[]): ContestantFacts[] {
  const place = { control: 0, lesson: 1, library: 2, naive: 3, way: 4 }
  return uniqueBy(
    references.flatMap(({ result }) => result.contestants),
    ({ id }) => id,
  ).sort(
    (a, b) =>
      place[a.kind] - place[b.kind] ||
      (a.kind === 'way' ? 0 : a.id.localeCompare(b.id)),
  )
}

/** As the newest result has them, with the variants of all. */
function scenariosOf(references: readonly Reference[]): ScenarioFacts[] {
  const all = references.flatMap(({ result }) => result.scenarios)
  return uniqueBy(all, ({ id }) => id)
    .map((newest) => {
      const [longest = newest, ...others] = all
        .filter(({ id }) => id === newest.id)
        // The longest has the order, since the others took positions out.
        .sort((a, b) => b.variants.length - a.variants.length)
      const variants = [longest, ...others].flatMap((one) => one.variants)
      const { views } = longest
      return {
        ...newest,
        variants: [...new Set(variants)],
        ...(views && { views }),
      }
    })
    .sort((a, b) => rankOf(a.id) - rankOf(b.id))
}

/** The first of each key. */
function uniqueBy<T>(all: readonly T[], keyOf: (one: T) => string): T[] {
  const first = new Map<string, T>()
  for (const one of all) if (!first.has(keyOf(one))) first.set(keyOf(one), one)
  return [...first.values()]
}
