// Every lesson can be measured over TLS.

import { expect, test } from 'vitest'

import { loadContestants } from './contestants.ts'
import { runOne } from './run-one.ts'
import { loadScenarios } from './scenarios.ts'
import type { Settings } from './settings.ts'

const { signal } = new AbortController()
const settings: Settings = {
  effort: 'quick',
  rounds: 1,
  seconds: 0.4,
  bytes: 64,
  tls: true,
  pollEveryMs: 100,
}
const [scenario] = await loadScenarios()
const lessons = (await loadContestants()).filter(
  ({ kind }) => kind === 'lesson',
)

test.for(lessons)(
  '$id is measured over TLS as well',
  { timeout: 60_000 },
  async (contestant) => {
    const [variant] = scenario?.variants(settings) ?? []
    if (!scenario || !variant) throw new Error('There is nothing to measure.')
    const planned = { scenario, variant, contestant, round: 1, order: 1 }
    const run = await runOne(planned, settings, signal)
    expect(run.verdict, run.reasons.join(' ')).not.toBe('invalid')
    expect(run.load.tls).toBe(true)
    expect(run.counts?.lost).toBe(0)
  },
)
