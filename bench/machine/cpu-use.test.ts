import { expect, test } from 'vitest'

import { type CpuTimes, parseStat, readCpuTimes } from './cpu-times.ts'
import { CpuWatch } from './cpu-use.ts'

// Of the reference machine, shortened.
const stat = `cpu  745510 142382 269755 1699052 3611 0 18173 4471 0 0
cpu0 367066 68782 131817 862375 520 0 8679 2243 0 0
cpu1 378444 73599 137938 836677 3091 0 9493 2227 0 0
ctxt 83974184
btime 1795368324
procs_running 3
softirq 55553716 0 1003789 8 49634913 603913 0 5 1247258 197984 2865846
`

test('counts user, nice and system of all CPUs, and apart what was stolen', () => {
  expect(parseStat(stat)).toEqual({
    busyMs: (745_510 + 142_382 + 269_755) * 10,
    stolenMs: 44_710,
  })
})

test('a kernel that does not tell of stealing leaves it out', () => {
  expect(parseStat('cpu  1 2 3 4\n')).toEqual({ busyMs: 60 })
})

test('refuses what is not /proc/stat', () => {
  expect(() => parseStat('cpu0 1 2 3')).toThrow('no line for all CPUs')
})

test('the times of this machine never run back', () => {
  const before = readCpuTimes()
  expect(before.busyMs).toBeGreaterThan(0)
  expect(readCpuTimes().busyMs).toBeGreaterThanOrEqual(before.busyMs)
})

/** Watches while the times and the clock go from one to the other. */
function watched(
  from: CpuTimes,
  to: CpuTimes,
  wallMs: number,
  ownCpuMs: number,
) {
  const times = [from, to]
  const clock = [5_000, 5_000 + wallMs]
  const watch = CpuWatch.start({
    times: () => times.shift() ?? to,
    nowMs: () => clock.shift() ?? Number.NaN,
  })
  return watch.stop(ownCpuMs)
}

test('what is not ours is of others', () => {
  expect(
    watched(
      { busyMs: 1_000, stolenMs: 10 },
      { busyMs: 2_500, stolenMs: 60 },
      1_000,
      1_100,
    ),
  ).toEqual({ foreignCpus: 0.4, stolenCpus: 0.05 })
})

test('a system that does not tell of stealing has no figure for it', () => {
  expect(watched({ busyMs: 0 }, { busyMs: 250 }, 500, 0)).toEqual({
    foreignCpus: 0.5,
  })
})

test('a tick that is not counted yet makes no use below zero', () => {
  const use = watched({ busyMs: 1_000 }, { busyMs: 1_990 }, 1_000, 997)
  expect(use).toEqual({ foreignCpus: 0 })
})
