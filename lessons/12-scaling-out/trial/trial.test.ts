// The short form of `npm run lesson 12 -- --schedules 50 --subscribers 1000`.

import { beforeEach, describe, expect, test } from 'vitest'

import { skipIfMissing } from '../../testing.ts'
import { findRedis, howToGetRedis } from '../redis-server.ts'
import { faultKinds, scheduleOf } from './faults.ts'
import { runTrial } from './trial.ts'

describe('a schedule of faults', () => {
  const told = (seed: number) =>
    scheduleOf(seed, 2).faults.map(({ kind, ...rest }) => [kind.id, rest])

  test('follows from its seed', () => {
    expect(told(7)).toEqual(told(7))
    expect(told(7)).not.toEqual(told(8))
  })

  test('hits a node, and Redis, with one thing at a time', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { faults, endMs } = scheduleOf(seed, 2)
      expect(faults.length).toBeGreaterThanOrEqual(4)
      const wellMs = new Map<string | number, number>()
      for (const { kind, node, atMs, forMs } of faults) {
        const hit = kind.hits === 'node' ? node : 'redis'
        expect(atMs).toBeGreaterThan(wellMs.get(hit) ?? 0)
        wellMs.set(hit, atMs + forMs)
      }
      expect(endMs).toBe(Math.max(...wellMs.values()))
    }
  })
})

describe('subscribers at two nodes', () => {
  beforeEach(({ skip }) =>
    skipIfMissing(
      { missing: () => (findRedis() ? undefined : howToGetRedis) },
      skip,
    ),
  )

  test('lose nothing and get nothing twice, whatever goes wrong', async () => {
    // The shortest with all kinds in it.
    const seed = 330
    const over: string[] = []
    const account = await runTrial({
      seed,
      subscribers: 20,
      ratePerS: 20,
      onFault: (id, isOver) => isOver && over.push(id),
    })
    expect(new Set(over)).toEqual(new Set(faultKinds.map(({ id }) => id)))
    expect(account).toMatchObject({ lost: 0, twice: 0, gaps: 0 })
    expect(account.published).toBeGreaterThan(10)
    expect(account.moves).toBeGreaterThan(0)
  }, 90_000)
})
