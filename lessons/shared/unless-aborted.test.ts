import { getEventListeners } from 'node:events'

import { afterEach, expect, test } from 'vitest'

import { unlessAborted } from './unless-aborted.ts'

const leaving = new AbortController()
const { signal } = leaving
const listeners = () => getEventListeners(signal, 'abort')

afterEach(() => expect(listeners()).toEqual([]))

test('it settles as the promise does', async () => {
  expect(await unlessAborted(Promise.resolve(1), signal)).toBe(1)
  const failed = Promise.reject(new Error('no'))
  await expect(unlessAborted(failed, signal)).rejects.toThrow('no')
  expect(await unlessAborted(Promise.resolve(2), undefined)).toBe(2)
})

test('it does not wait any longer when the signal aborts', async () => {
  const waiting = unlessAborted(new Promise(() => {}), signal)
  expect(listeners()).toHaveLength(1)
  leaving.abort(new Error('enough'))
  await expect(waiting).rejects.toThrow('enough')
})

test('it does not wait at all when the signal has aborted before', async () => {
  const late = Promise.reject(new Error('nobody waits for this one'))
  await expect(unlessAborted(late, signal)).rejects.toThrow('enough')
})
