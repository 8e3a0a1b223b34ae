// Every lesson keeps every requirement, or says why it cannot.

import { beforeEach, describe, expect, test } from 'vitest'

import { loadLessons } from './index.ts'
import { requirements } from './requirements/index.ts'
import { skipIfMissing } from './testing.ts'

// Long for a busy machine, and still less than two heartbeats of a lesson that
// does not listen to `heartbeatMs`.
const deadlineMs = 20_000

for (const lesson of await loadLessons()) {
  describe(lesson.folder, () => {
    beforeEach(({ skip }) => skipIfMissing(lesson, skip))

    for (const { id, text, check } of requirements) {
      const reason = lesson.exceptions?.[id]
      const run = () => check(lesson, AbortSignal.timeout(deadlineMs))
      if (reason === undefined) test(`${id}: ${text}`, run, deadlineMs + 5_000)
      // An exception that is not needed any more is to be taken out.
      else
        test(`${id}: cannot: ${reason}`, () => expect(run()).rejects.toThrow())
    }
  })
}
