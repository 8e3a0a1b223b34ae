// The short form of `npm run fuzz`.

import { expect, test } from 'vitest'

import { loadLessons } from './index.ts'
import { good } from './requirements/faults.ts'
import { requestsWith } from './requirements/faulty.ts'
import { fuzz } from './requirements/fuzz.ts'
import { skipIfMissing } from './testing.ts'

const requests = 200

for (const lesson of await loadLessons()) {
  const { folder, encrypted } = lesson
  // lessons/11-web-push/malformed.test.ts sends them over TLS.
  test.skipIf(encrypted && !lesson.udp)(
    `${folder}: ${requests} malformed requests end nothing and leave nothing`,
    async ({ skip }) => {
      skipIfMissing(lesson, skip)
      const signal = AbortSignal.timeout(50_000)
      const { sent, answered, uncaught } = await fuzz(lesson, {
        requests,
        signal,
      })
      expect(uncaught).toEqual([])
      expect(sent).toBeGreaterThanOrEqual(requests)
      // They reach beyond the parser, and not all of them.
      expect(answered).toBeGreaterThan(requests / 20)
    },
  )
}

test('what a malformed request leaves behind is found', async () => {
  const left: NodeJS.Timeout[] = []
  const leaks = requestsWith(({ url = '' }) => {
    if (!/^\/messages(\?after=\w+-\d+)?$/.test(url))
      left.push(setInterval(() => {}, 60_000))
  })
  const signal = AbortSignal.timeout(5_000)
  try {
    await expect(fuzz(leaks(good), { requests, signal })).rejects.toThrow(
      /all to be let go of: there are 0 followers, 0 connections, \d+ timers, with \d+ before/,
    )
    expect(left.length).toBeGreaterThan(0)
  } finally {
    for (const timer of left) clearInterval(timer)
  }
})
