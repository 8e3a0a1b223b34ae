// Every check finds the faults that it is there for, and says what is wrong.

import { AssertionError } from 'node:assert'

import { describe, expect, test } from 'vitest'

import type { Lesson } from '../lesson.ts'
import { type Fault, faults, good } from './faults.ts'
import { requirements } from './index.ts'
import type { RequirementId } from '../lesson.ts'

/** A fault that only a deadline shows: a check is at that point in far less. */
const silentMs = 1_500
const deadlineMs = 10_000

/** Moving some 24 MiB takes a second: these run for their own faults only. */
const slow: readonly RequirementId[] = ['fan-out', 'backpressure']

/** Counts the timers of the whole process, so it runs alone. */
const alone: RequirementId = 'release'

test.each(requirements)('$id has a fault to find', ({ id }) => {
  expect(faults.map(({ breaks }) => breaks)).toContain(id)
})

describe.each(faults)('$breaks: $text', (fault) => {
  const { breaks, alsoBreaks = [], says, silent = false } = fault
  const lesson = fault.spoil(fault.lesson ?? good)

  test('is found', async () => {
    const signal = AbortSignal.timeout(silent ? silentMs : deadlineMs)
    const error = await failure(lesson, breaks, signal)
    expect(error).toBeInstanceOf(AssertionError)
    expect((error as Error).message).toMatch(says)
    // A fault that can be seen is not waited for.
    expect(signal.aborted).toBe(silent)
  })

  test('leaves alone what it has nothing to do with', async () => {
    const others = requirements
      .map(({ id }) => id)
      .filter((id) => id !== breaks)
      .filter((id) => alsoBreaks.includes(id) || !slow.includes(id))
    const breaksToo = async (id: RequirementId) => {
      const ms = alsoBreaks.includes(id) ? silentMs : deadlineMs
      const error = await failure(lesson, id, AbortSignal.timeout(ms))
      if (error !== undefined && !(error instanceof AssertionError)) throw error
      if (error !== undefined && !alsoBreaks.includes(id)) throw error
      return error === undefined ? [] : [id]
    }
    const broken = await Promise.all(
      others.filter((id) => id !== alone).map(breaksToo),
    )
    if (others.includes(alone)) broken.push(await breaksToo(alone))
    expect(new Set(broken.flat())).toEqual(new Set(alsoBreaks))
  })
})

/** What a check says about a lesson: undefined when it is fine. */
async function failure(
  lesson: Lesson,
  id: RequirementId,
  signal: AbortSignal,
): Promise<unknown> {
  const requirement = requirements.find((requirement) => requirement.id === id)
  try {
    await requirement?.check(lesson, signal)
  } catch (error) {
    return error
  }
  return undefined
}
