import { spawn } from 'node:child_process'
import { once } from 'node:events'

import { expect, test } from 'vitest'

import { cpuMs, parseProcess } from './process-cpu.ts'

test('a line of /proc is read, whatever the name of the program is', () => {
  const after =
    'S 41 42 42 0 -1 4194560 900 0 0 0 120 30 4 1 20 0 11 0 123 456 789'
  for (const name of ['node', 'a b', 'evil) S 7 (', '((']) {
    expect(parseProcess(`43 (${name}) ${after}`)).toEqual({
      parent: 41,
      cpuMs: 1_550,
    })
  }
})

test('what this process does is counted', () => {
  const before = cpuMs()
  const until = performance.now() + 50
  while (performance.now() < until);
  expect(cpuMs()).toBeGreaterThan(before)
})

test.runIf(process.platform === 'linux')(
  'and what its children do, while they run',
  async () => {
    const before = cpuMs()
    // It works for 100 ms of CPU time, says so, and waits to be ended.
    const work = `
      while (process.cpuUsage().user < 100_000);
      console.log('done')
      setInterval(() => {}, 1_000)`
    const child = spawn(process.execPath, ['-e', work])
    try {
      await once(child.stdout, 'data')
      // In ticks of 10 ms, each of two figures rounded down.
      expect(cpuMs() - before).toBeGreaterThan(70)
    } finally {
      child.kill()
      await once(child, 'close')
    }
  },
)
