import { once } from 'node:events'
import { expect, test } from 'vitest'
import { together, type Work } from './together.ts'

/** Goes on until its signal aborts, and says so. */
function lasting(told: string[], name: string): Work {
  return async (signal) => {
    if (!signal.aborted) await once(signal, 'abort')
    told.push(name)
  }
}

test('all end with the signal', async () => {
  const end = new AbortController()
  const told: string[] = []
  const works = ['a', 'b'].map((name) => lasting(told, name))
  const running = together(end.signal, ...works)
  end.abort()
  await running
  expect(told.sort()).toEqual(['a', 'b'])
})

test('the first that fails ends the others, and is the one that is told', async () => {
  const { signal } = new AbortController()
  const told: string[] = []
  const failing: Work = () => Promise.reject(new Error('the first'))
  const failingLater: Work = async (over) => {
    await lasting(told, 'later')(over)
    throw new Error('the second')
  }
  await expect(
    together(signal, failingLater, lasting(told, 'other'), failing),
  ).rejects.toThrow('the first')
  expect(told.sort()).toEqual(['later', 'other'])
  expect(signal.aborted).toBe(false)
})
