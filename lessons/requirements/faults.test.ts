// Every check finds the faults that it is there for, says what is wrong, and
// finds none where there is none.

import { AssertionError } from 'node:assert'

import { describe, expect, test, vi } from 'vitest'

import type { RequirementId } from '../lesson.ts'
import { type Fault, faults, good } from './faults.ts'
import { requirements } from './index.ts'

vi.setConfig({ testTimeout: 120_000 })

/** Long enough on a machine that is busy with other things. */
const deadlineMs = 30_000

/** These take a second: they run for the faults that break them only. */
const slow: readonly RequirementId[] = ['fan-out', 'backpressure', 'heartbeat']

test.each(requirements)('there are faults against $id', ({ id }) => {
  expect(faults.map(({ breaks }) => breaks)).toContain(id)
})

// One counts the timers of the whole process, the other one its own time:
// nothing else may run beside them.
describe('alone', () => {
  for (const fault of faults) {
    const { breaks, hasty, text } = fault
    if (breaks === 'release' || hasty)
      test(`${breaks}: ${text}`, () => isFound(fault))
    if (breaks !== 'release')
      test(`release, and: ${text}`, () => isJudged(fault, 'release'))
  }
})

describe.concurrent('side by side', () => {
  for (const fault of faults) {
    const { breaks, alsoBreaks = [], mayBreak = [], hasty, text } = fault
    const others = requirements
      .map(({ id }) => id)
      .filter((id) => ![breaks, 'release', ...mayBreak].includes(id))
      .filter((id) => alsoBreaks.includes(id) || !slow.includes(id))
    test(`${breaks}: ${text}`, async () => {
      const judged = others.map((id) => isJudged(fault, id))
      if (breaks !== 'release' && !hasty) judged.push(isFound(fault))
      await Promise.all(judged)
    })
  }
})

/** The check says what is wrong, and does not wait when that can be seen. */
async function isFound(fault: Fault): Promise<void> {
  const { breaks, says, silent = false } = fault
  const tries = triesFor(fault)
  for (const [n, ms] of tries.entries()) {
    const signal = AbortSignal.timeout(ms)
    const error = await failure(fault, breaks, signal)
    const message = error instanceof Error ? error.message : ''
    if (!says.test(message) && n + 1 < tries.length) continue
    expect(error).toBeInstanceOf(AssertionError)
    expect(message).toMatch(says)
    expect(signal.aborted).toBe(silent)
    return
  }
}

/** How long the check may take, each time. On a busy machine it may not come to the point at first. */
function triesFor({ silent, hasty }: Fault): number[] {
  if (silent) return [1_000, 2_000, 4_000, 8_000, 16_000]
  return Array.from({ length: hasty ? 5 : 1 }, () => deadlineMs)
}

/** Another check finds the fault if it breaks that requirement as well, and else nothing. */
async function isJudged(fault: Fault, id: RequirementId): Promise<void> {
  const isBroken = fault.alsoBreaks?.includes(id) ?? false
  const signal = AbortSignal.timeout(isBroken ? 1_000 : deadlineMs)
  const error = await failure(fault, id, signal)
  if (isBroken) expect(error, `${id} must fail`).toBeInstanceOf(AssertionError)
  else if (error) throw error
}

/** What a check says about a lesson with a fault: undefined when it finds none. */
async function failure(
  { lesson = good, spoil }: Fault,
  id: RequirementId,
  signal: AbortSignal,
): Promise<unknown> {
  const requirement = requirements.find((requirement) => requirement.id === id)
  try {
    await requirement?.check(spoil(lesson), signal)
  } catch (error) {
    return error
  }
  return undefined
}
