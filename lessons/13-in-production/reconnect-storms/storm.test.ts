// When clients come back, and when they do not.

import { describe, expect, test } from 'vitest'

import { range } from '../../requirements/rig.ts'
import { Door } from './door.ts'
import { type Policy, policies } from './policies.ts'
import { storm } from './storm.ts'

function policy(id: string): Policy {
  const found = policies.find((one) => one.id === id)
  if (found === undefined) throw new Error(`There is no policy "${id}".`)
  return found
}

describe('a client waits', () => {
  const delays = (id: string, random: number) =>
    range(1, 7).map((failures) => policy(id).delayMs(failures, random))

  test.each<[string, number, number[]]>([
    ['fixed', 0.5, [1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000]],
    ['backoff', 0.5, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]],
    ['jitter', 0.5, [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]],
    ['jitter', 0, [0, 0, 0, 0, 0, 0, 0]],
  ])('%s, with %d', (id, random, wanted) => {
    expect(delays(id, random)).toEqual(wanted)
  })
})

describe('the door', () => {
  const isThere = () => true

  test('lets in one after the other, in their order', async () => {
    const door = new Door({ costMs: 1 })
    const order: number[] = []
    await Promise.all(
      range(1, 5).map((n) => door.enter(isThere).then(() => order.push(n))),
    )
    expect(order).toEqual([1, 2, 3, 4, 5])
  })

  test('tells each of those beyond another time, as far away as its turn', async () => {
    const door = new Door({ costMs: 500, most: 2, heedsLeaving: true })
    let isOver = false
    const waiting = range(1, 2).map(() => door.enter(() => !isOver))
    const told = await Promise.all(range(1, 6).map(() => door.enter(isThere)))
    expect(told).toEqual([2, 2, 3, 3, 4, 4])
    isOver = true
    await Promise.all(waiting)
  })

  test('looks up who has gone as well, unless it heeds that', async () => {
    const turns = async (heedsLeaving: boolean) => {
      const door = new Door({ costMs: 20, heedsLeaving })
      const startMs = performance.now()
      await Promise.all(range(1, 10).map(() => door.enter(() => false)))
      return performance.now() - startMs
    }
    expect(await turns(false)).toBeGreaterThan(10 * 19)
    expect(await turns(true)).toBeLessThan(await turns(false))
  })
})

describe('after a restart', () => {
  const options = {
    clients: 40,
    costMs: 5,
    patienceMs: 10_000,
    awayMs: 50,
    mostMs: 20_000,
  }

  test.each(policies)(
    'clients come back to a server that has room for all: $title',
    async (policy) => {
      const seen = await storm({ ...options, policy })
      expect(seen.overAfterMs).toBeDefined()
      expect(seen.attempts).toBeGreaterThanOrEqual(options.clients)
      expect(seen.halfSeconds.length).toBeGreaterThan(0)
      expect(seen.refused).toBe(0)
    },
    30_000,
  )

  test('the server that tells when refuses those beyond its queue', async () => {
    const seen = await storm({
      ...options,
      policy: { ...policy('retry-after'), delayMs: () => 100 },
      costMs: 100,
      patienceMs: 1_000,
      mostMs: 1_500,
    })
    expect(seen.refused).toBeGreaterThan(options.clients / 2)
  }, 30_000)
})
