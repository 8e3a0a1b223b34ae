// Every check finds the faults that it is there for, says what is wrong, and
// finds none where there is none.

import { AssertionError } from 'node:assert'

import { describe, expect, test } from 'vitest'

import type { RequirementId } from '../lesson.ts'
import { type Fault, faults, good } from './faults.ts'
import { requirements } from './index.ts'

/** Long enough on a machine that is busy with other things. */
const deadlineMs = 30_000

/** Moving some 24 MiB takes a second: these run for their own faults only. */
const slow: readonly RequirementId[] = ['fan-out', 'backpressure']

test.each(requirements)('there are faults against $id', ({ id }) => {
  expect(faults.map(({ breaks }) => breaks)).toContain(id)
})

// It counts the timers of the whole process: nothing else may run beside it.
describe('release, alone', () => {
  for (const fault of faults) {
    if (fault.breaks === 'release') test(fault.text, () => isFound(fault))
    else test(fault.text, () => isJudged(fault, 'release'))
  }
})

describe.concurrent('every other requirement', () => {
  for (const fault of faults) {
    const { breaks, alsoBreaks = [], mayBreak = [], text } = fault
    const others = requirements
      .map(({ id }) => id)
      .filter((id) => ![breaks, 'release', ...mayBreak].includes(id))
      .filter((id) => alsoBreaks.includes(id) || !slow.includes(id))
    test(`${breaks}: ${text}`, async () => {
      const judged = others.map((id) => isJudged(fault, id))
      if (breaks !== 'release') judged.push(isFound(fault))
      await Promise.all(judged)
    }, 120_000)
  }
})

/** The check says what is wrong, and does not wait when that can be seen. */
async function isFound(fault: Fault): Promise<void> {
  const { breaks, says, silent = false } = fault
  for (let ms = silent ? 1_000 : deadlineMs; ms <= deadlineMs; ms *= 2) {
    const signal = AbortSignal.timeout(ms)
    const error = await failure(fault, breaks, signal)
    // On a busy machine the check may not have come to that point.
    const isEarly = silent && 2 * ms <= deadlineMs
    if (isEarly && !says.test((error as Error)?.message)) continue
    expect(error).toBeInstanceOf(AssertionError)
    expect((error as AssertionError).message).toMatch(says)
    expect(signal.aborted).toBe(silent)
    return
  }
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
