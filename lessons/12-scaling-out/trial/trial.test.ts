// The short form of `npm run lesson 12 -- --schedules 50 --subscribers 1000`.

import { beforeEach, describe, expect, test } from 'vitest'

import {
  findNginx,
  howToGetNginx,
} from '../../13-in-production/behind-nginx/nginx.ts'
import { skipIfMissing } from '../../testing.ts'
import { findRedis, howToGetRedis } from '../redis-server.ts'
import { Cluster } from './cluster.ts'
import { Crowd } from './crowd.ts'
import { faultKinds, scheduleOf } from './faults.ts'
import { startFront } from './front.ts'
import { heartbeatMs, runTrial } from './trial.ts'

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
  const needs = (
    find: () => string | undefined,
    how: string,
    skip: (why: string) => never,
  ) => skipIfMissing({ missing: () => (find() ? undefined : how) }, skip)
  beforeEach(({ skip }) => needs(findRedis, howToGetRedis, skip))

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

  test('lose nothing behind one address, when each node is killed in turn', async ({
    skip,
  }) => {
    needs(findNginx, howToGetNginx, skip)
    await using cluster = await Cluster.start({ nodes: 2, heartbeatMs })
    await using nginx = await startFront(cluster.urls)
    const crowd = new Crowd({
      subscribers: 10,
      urls: [nginx.url],
      after: cluster.nodes.map(({ present }) => present),
      ratePerS: 20,
      heartbeatMs,
    })
    try {
      expect(await crowd.allHaveTheLast(30_000)).toBe(true)
      crowd.begin()
      for (const node of cluster.nodes) {
        // The other one has everybody meanwhile: also the one that was away.
        await node.kill()
        expect(await crowd.allHaveTheLast(30_000)).toBe(true)
        await node.start()
        expect(await crowd.allHaveTheLast(30_000)).toBe(true)
      }
      await crowd.pause()
      // Only now nothing is on its way any more.
      expect(await crowd.allHaveTheLast(30_000)).toBe(true)
      const { account } = crowd
      expect(account).toMatchObject({ lost: 0, twice: 0, gaps: 0 })
      expect(account.published).toBeGreaterThan(10)
      expect(account.moves).toBeGreaterThan(0)
    } finally {
      await crowd.close()
    }
  }, 120_000)
})
