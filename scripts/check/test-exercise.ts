// The tests of an exercise, as its data say: what is broken as shipped, what the
// solution keeps, and that each fault alone is found. Each exercise calls them in
// a file of its own, so that they run side by side.
import { readFileSync } from 'node:fs'
import { beforeEach, expect, test, vi } from 'vitest'
import {
  checkOf,
  loadExercise,
  loadExercised,
  type NumberedExercise,
  originalOf,
} from '../../lessons/exercises.ts'
import { skipIfMissing } from '../../lessons/testing.ts'
import { otherChecks, stepChecks } from './checks.ts'
import { Grader } from './grader.ts'
import type { Graded, GradeRequest } from './messages.ts'
import { mutate } from './mutant.ts'

/** Long on a machine that is busy with other things. */
const patientMs = 20_000

/** What is broken in silence shows only so. */
const hastyMs = 1_500

/** Grades all of them: after a crash, the others in another process. */
async function gradeAll(
  lesson: string,
  { checks, ...request }: GradeRequest,
): Promise<Graded[]> {
  const graded: Graded[] = []
  while (graded.length < checks.length) {
    await using grader = new Grader(lesson)
    const left = checks.slice(graded.length)
    const order = { ...request, checks: left, all: true }
    const verdict = await grader.grade(order)
    graded.push(...verdict.graded)
    const { failure, during } = verdict
    if (failure === undefined) break
    if (during === undefined) throw new Error(failure.says)
    graded.push({ check: during, ms: 0, failure })
  }
  return graded
}

/** What failed, and why. */
function failuresOf(graded: readonly Graded[]): Record<string, string> {
  return Object.fromEntries(
    graded.flatMap(({ check, failure }) =>
      failure ? [[check, failure.says]] : [],
    ),
  )
}

function originals({ files, folder }: NumberedExercise) {
  return Object.fromEntries(
    files.map((file) => [file, new URL(originalOf(file), folder).href]),
  )
}

/** Those that fail as shipped: the steps, and what their repairs bring. */
function brokenChecks(exercise: NumberedExercise): string[] {
  const brought = exercise.steps.flatMap(({ brings = [] }) => brings)
  return [...stepChecks(exercise), ...brought]
}

/** @param lesson its folder's name, such as `04-server-sent-events` */
export async function testExercise(lesson: string): Promise<void> {
  vi.setConfig({ testTimeout: 180_000 })
  const exercise = await loadExercise(lesson)
  const { steps } = exercise

  beforeEach(async ({ skip }) =>
    skipIfMissing(await loadExercised(lesson), skip),
  )

  test('fails as shipped exactly what its steps declare', async () => {
    const modules = originals(exercise)
    const broken = brokenChecks(exercise)
    const others = otherChecks(exercise, await loadExercised(lesson))
    const kept = others.filter((check) => !broken.includes(check))
    const [failing, passing] = await Promise.all([
      gradeAll(lesson, { modules, checks: broken, deadlineMs: hastyMs }),
      gradeAll(lesson, { modules, checks: kept, deadlineMs: patientMs }),
    ])
    const failed = Object.keys(failuresOf(failing))
    expect(failed, 'what it declares').toEqual(broken)
    expect(failuresOf(passing), 'what it does not declare').toEqual({})
    expect(passing).toHaveLength(kept.length)
  })

  // That it keeps what every transport has to, `lessons/conformance.test.ts` tests.
  test('is solved by the lesson', async () => {
    const checks = stepChecks(exercise)
    const request = { modules: {}, checks, deadlineMs: patientMs }
    const graded = await gradeAll(lesson, request)
    expect(failuresOf(graded)).toEqual({})
    expect(graded).toHaveLength(checks.length)
  })

  const faults = steps.flatMap((step) =>
    step.faults.map((fault) => ({ ...fault, check: checkOf(step).id })),
  )
  test.concurrent.each(faults)('$check finds it: $text', async (fault) => {
    const file = fault.file ?? exercise.files[0]
    using mutant = mutate(new URL(`../${file}`, exercise.folder), fault.put)
    const [graded] = await gradeAll(lesson, {
      modules: { [file]: mutant.url },
      checks: [fault.check],
    })
    const found = graded?.failure
    expect(found?.says).toMatch(fault.says)
    expect(found?.how).toMatch(/^(failed|late|crashed)$/)
  })

  // A reader changes the one, and may put the other in its place again.
  test.runIf(process.env.CI)(
    'the file to repair is the same as its original',
    () => {
      const { files, folder } = exercise
      for (const file of files)
        expect(readFileSync(new URL(file, folder), 'utf8')).toBe(
          readFileSync(new URL(originalOf(file), folder), 'utf8'),
        )
    },
  )
}
