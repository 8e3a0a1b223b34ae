// The short form of `npm run soak`.

import { expect, test } from 'vitest'

import { loadLessons } from './index.ts'
import { soak } from './requirements/soak.ts'
import { skipIfMissing } from './testing.ts'

for (const lesson of await loadLessons()) {
  test(`${lesson.folder}: six clients, each cut 15 times, lose nothing and get nothing twice`, async ({
    skip,
  }) => {
    skipIfMissing(lesson, skip)
    const signal = AbortSignal.timeout(150_000)
    const { cuts, lost, doubled } = await soak(lesson, { cuts: 15, signal })
    expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 })
    expect(cuts).toBeGreaterThanOrEqual(6 * 15)
  }, 160_000)
}
