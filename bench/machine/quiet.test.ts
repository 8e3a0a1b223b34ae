import { expect, test } from 'vitest'

import { waitForQuiet } from './quiet.ts'

/** Windows with these figures, and how many were looked at. */
function windows(...figures: number[]) {
  const asked: number[] = []
  const look = async (windowMs: number) => {
    asked.push(windowMs)
    return figures[asked.length - 1] ?? Number.NaN
  }
  return { asked, look }
}

test('one quiet window is enough', async () => {
  const { asked, look } = windows(0.15, 2)
  expect(await waitForQuiet({}, look)).toBe(0.15)
  expect(asked).toEqual([250])
})

test('after a loud window comes another look', async () => {
  const { asked, look } = windows(1.2, 0.3, 0.01)
  expect(await waitForQuiet({ windowMs: 10 }, look)).toBe(0.01)
  expect(asked).toEqual([10, 10, 10])
})

test('a machine that stays loud is not waited for', async () => {
  const { asked, look } = windows(1.2, 0.9, 0.8, 0)
  expect(await waitForQuiet({}, look)).toBe(0.8)
  expect(asked).toHaveLength(3)
  const once = windows(1.2, 0)
  expect(await waitForQuiet({ tries: 1 }, once.look)).toBe(1.2)
})

test('the limit is the caller’s', async () => {
  const { asked, look } = windows(0.9)
  await waitForQuiet({ mostForeign: 1 }, look)
  expect(asked).toHaveLength(1)
})

test('looks at this machine, if no one else does it', async () => {
  const foreign = await waitForQuiet({ windowMs: 20, tries: 1 })
  expect(foreign).toBeGreaterThanOrEqual(0)
})

test('an abort ends the wait', async () => {
  const signal = AbortSignal.abort()
  const waited = waitForQuiet({ signal, windowMs: 60_000 })
  await expect(waited).rejects.toThrow('aborted')
})
