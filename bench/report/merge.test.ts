// Several results as one.

import { expect, test } from 'vitest'

import type { Reference } from '../references.ts'
import type { Result } from '../result.ts'
import { mergedSections } from './merge.ts'
import { sampleResult } from './sample-result.ts'

const sse = '04-server-sent-events'
const whole: Reference = { file: 'whole.json', result: sampleResult() }
const newer: Reference = {
  file: 'newer.json',
  result: only({ ...sampleResult(), id: 'newer' }, [sse, 'better-sse']),
}

test('of each kind the newest cell counts, with the runs behind it', () => {
  const [section] = mergedSections([newer, whole])
  const sourceOf = (id: string) =>
    section?.entries.find(({ contestant }) => contestant.id === id)?.source
  expect(sourceOf(sse)).toBe('newer')
  expect(sourceOf('05-websocket')).toBe(whole.result.id)
  const runs = section?.runs.filter(({ contestant }) => contestant === sse)
  expect(runs).toEqual(
    newer.result.runs.filter(
      ({ scenario, contestant }) =>
        scenario === section?.scenario.id && contestant === sse,
    ),
  )
})

test('a result with fewer positions of a knob does not hide the others', () => {
  const few: Reference = {
    file: 'few.json',
    result: {
      ...newer.result,
      scenarios: newer.result.scenarios.map((scenario) => ({
        ...scenario,
        variants: scenario.variants.slice(-1),
      })),
    },
  }
  for (const { scenario, variants } of mergedSections([few, whole])) {
    const before = whole.result.scenarios.find(({ id }) => id === scenario.id)
    expect(variants).toEqual(before?.variants)
  }
})

test('the floor comes first, then lessons, and each looks the same everywhere', () => {
  const sections = mergedSections([newer, whole])
  const looks = new Map<string, string>()
  for (const { contestants, entries } of sections) {
    expect(contestants[0]?.kind).toBe('control')
    for (const { contestant, identity } of entries) {
      const look = JSON.stringify(identity)
      expect(looks.get(contestant.id) ?? look).toBe(look)
      looks.set(contestant.id, look)
    }
  }
  expect(looks.get(sse)).toContain('"filled":true')
  expect(looks.get('better-sse')).toContain('"filled":false')
})

test('who was measured in any result is not left out', () => {
  const absent = [{ scenario: 'push-latency', contestant: sse, reason: 'none' }]
  const without: Reference = {
    file: 'without.json',
    result: { ...only(sampleResult(), []), absent },
  }
  const [section] = mergedSections([without, whole])
  expect(section?.absent).not.toContainEqual(absent[0])
  const [alone] = mergedSections([without])
  expect(alone?.absent).toEqual(absent)
})

/** The result as if only these had taken part. */
function only(result: Result, ids: readonly string[]): Result {
  const isOne = ({ contestant }: { contestant: string }) =>
    ids.includes(contestant)
  return {
    ...result,
    contestants: result.contestants.filter(({ id }) => ids.includes(id)),
    cells: result.cells.filter(isOne),
    runs: result.runs.filter(isOne),
    comparisons: [],
    absent: [],
  }
}
