import { expect, test } from 'vitest'

import type { Entrant, NamedContestant } from './contestant.ts'
import { type PlannedRun, planRuns, withControl } from './plan.ts'
import type { FeedScenario, NamedScenario } from './scenario.ts'
import type { Settings } from './settings.ts'

const settings: Settings = {
  effort: 'normal',
  rounds: 4,
  seconds: 1,
  bytes: 64,
  tls: false,
  pollEveryMs: 200,
}

const [a, b, c] = [contestant('a'), contestant('b'), contestant('c')]
const knob = { variants: () => [{ name: '1' }, { name: '10' }] }

test('every round has each cell once', () => {
  const { runs } = planRuns([scenario('s', knob)], [a, b, c], settings, 1)
  for (const round of [1, 2, 3, 4]) {
    expect(cellsOf(runs, round).toSorted()).toEqual([
      's 1 a',
      's 1 b',
      's 1 c',
      's 10 a',
      's 10 b',
      's 10 c',
    ])
  }
  expect(runs).toHaveLength(4 * 6)
})

test('rounds follow each other, and runs are numbered from 1', () => {
  const { runs } = planRuns([scenario('s'), scenario('t')], [a], settings, 1)
  expect(runs.map(({ round }) => round)).toEqual([1, 2, 3, 4, 1, 2, 3, 4])
  expect(runs.map(({ order }) => order)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(cellsOf(runs, 1)).toEqual(['s  a', 't  a'])
})

test('a seed repeats the order, and another one does not', () => {
  const [one, same, other] = [1, 1, 2].map((seed) => {
    const plan = planRuns([scenario('s', knob)], [a, b, c], settings, seed)
    return plan.runs.map(cellOf)
  })
  expect(same).toEqual(one)
  expect(other).not.toEqual(one)
})

test('rounds differ in their order', () => {
  const { runs } = planRuns([scenario('s', knob)], [a, b, c], settings, 1)
  const orders = [1, 2, 3, 4].map((round) => cellsOf(runs, round).join())
  expect(new Set(orders).size).toBe(4)
})

test('what comes out the same each time gets fewer rounds', () => {
  expect(roundsOf({ mostRounds: 3 }, {})).toBe(3)
  expect(roundsOf({ mostRounds: 9 }, {})).toBe(4)
  expect(roundsOf({ mostRounds: 3 }, { rounds: 2 })).toBe(2)
})

test('and still fewer in the tour', () => {
  const limits = { mostRounds: 3, tourRounds: 1 }
  expect(roundsOf(limits, { tour: true })).toBe(1)
  expect(roundsOf(limits, { effort: 'normal' })).toBe(3)
  expect(roundsOf({ mostRounds: 3 }, { tour: true })).toBe(3)
  expect(roundsOf({}, { tour: true })).toBe(4)
})

test('who has no answer to one question is absent, with the reason', () => {
  const cannot = ({ id }: Entrant) =>
    id === 'b' ? 'It has no way back.' : undefined
  const scenarios = [scenario('s', { cannot }), scenario('t')]
  const { runs, absent } = planRuns(scenarios, [a, b], settings, 1)
  expect(absent).toEqual([
    { scenario: 's', contestant: 'b', reason: 'It has no way back.' },
  ])
  expect(new Set(runs.map(cellOf))).toEqual(new Set(['s  a', 't  a', 't  b']))
})

test('who is left out at one position is asked at the others', () => {
  const skips: FeedScenario['skips'] = ({ id }, { name }) =>
    id === 'b' && name === '10'
  const { runs, absent } = planRuns(
    [scenario('s', { ...knob, skips })],
    [a, b],
    settings,
    1,
  )
  expect(cellsOf(runs, 1).toSorted()).toEqual(['s 1 a', 's 1 b', 's 10 a'])
  expect(absent).toEqual([])
})

test('who speaks no TLS is absent where TLS is asked for', () => {
  const plain = { ...b, lacks: { tls: 'It is a bare socket.' } }
  const open = planRuns([scenario('s')], [a, plain], settings, 1)
  expect(open.absent).toEqual([])
  const secure = { ...settings, tls: true }
  const { runs, absent } = planRuns([scenario('s')], [a, plain], secure, 1)
  expect(absent).toEqual([
    { scenario: 's', contestant: 'b', reason: 'It is a bare socket.' },
  ])
  expect(new Set(runs.map(cellOf))).toEqual(new Set(['s  a']))
})

test('a scenario with contestants of its own is put to them alone', () => {
  const own = { ...facts('own'), kind: 'way' as const }
  const again = { ...own, id: 'own (again)', sameAs: 'own' }
  const alone: NamedScenario = {
    ...question('alone'),
    contestants: [own],
    run: () => Promise.reject(new Error('Nothing is measured here.')),
  }
  const all = [a, own, again, b]
  const plan = planRuns([alone, scenario('s')], all, settings, 1)
  expect(new Set(plan.runs.map(cellOf))).toEqual(
    new Set(['alone  own', 'alone  own (again)', 's  a', 's  b']),
  )
  // Who is asked nothing is not in the result.
  expect(plan.contestants).toEqual(all)
  const without = planRuns([alone], all, settings, 1)
  expect(without.contestants).toEqual([own, again])
})

test('the control comes first, chosen or not, and only once', () => {
  const floor = contestant('raw-tcp')
  const all = [a, floor, b]
  expect(withControl([b, a], all)).toEqual([floor, b, a])
  expect(withControl([b, floor], all)).toEqual([floor, b])
  expect(withControl([], all)).toEqual([floor])
})

function roundsOf(
  limits: Partial<FeedScenario>,
  some: Partial<Settings>,
): number {
  const all = { ...settings, ...some }
  return planRuns([scenario('s', limits)], [a], all, 1).runs.length
}

function cellsOf(runs: readonly PlannedRun[], round: number): string[] {
  return runs.filter((run) => run.round === round).map(cellOf)
}

function cellOf({ scenario, variant, contestant }: PlannedRun): string {
  return `${scenario.id} ${variant.name} ${contestant.id}`
}

function question(id: string) {
  return {
    id,
    title: id,
    question: 'How long?',
    model: 'open',
    metrics: [],
    shows: '',
    hides: '',
    variants: () => [{ name: '' }],
  } as const
}

function scenario(id: string, some: Partial<FeedScenario> = {}): NamedScenario {
  return {
    ...question(id),
    measure: () => Promise.reject(new Error('Nothing is measured here.')),
    ...some,
  }
}

function contestant(id: string): NamedContestant {
  return { ...facts(id), serve: unused, subscribe: unused }
}

function facts(id: string): Entrant {
  return {
    id,
    title: id,
    transport: id,
    implementation: 'test',
    kind: 'lesson',
  }
}

function unused(): never {
  throw new Error('Nothing is served here.')
}
