import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { collect } from '../testing.ts'
import { alive, beforeDeadline } from './alive.ts'
import { ConnectionError } from './connection-error.ts'
import { Queue } from './queue.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

describe('alive', () => {
  test('hands out the chunks, and leaves alone what has ended', async () => {
    const source = new Queue<number>()
    const close = vi.fn()
    for (const n of [1, 2, 3]) source.put(n)
    source.end()
    expect(await collect(alive(source, 100, close))).toEqual([1, 2, 3])
    expect(close).not.toHaveBeenCalled()
  })

  test('gives up when nothing comes for too long', async () => {
    const close = vi.fn()
    const chunks = alive(new Queue<number>(), 100, close)
    const silent = expect(chunks.next()).rejects.toThrow(
      new ConnectionError('nothing came for 100 ms'),
    )
    await vi.advanceTimersByTimeAsync(99)
    expect(close).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    await silent
    expect(close).toHaveBeenCalledTimes(1)
  })

  test('starts the clock again with every chunk', async () => {
    const source = new Queue<number>()
    const chunks = alive(source, 100, () => {})
    for (const n of [1, 2, 3]) {
      const next = chunks.next()
      await vi.advanceTimersByTimeAsync(99)
      source.put(n)
      expect((await next).value).toBe(n)
    }
  })

  test('stops the clock while its reader takes time', async () => {
    const source = new Queue<number>()
    const chunks = alive(source, 100, () => {})
    source.put(1)
    await chunks.next()
    await vi.advanceTimersByTimeAsync(10_000)
    source.put(2)
    expect((await chunks.next()).value).toBe(2)
  })

  test('closes the source when its reader stops', async () => {
    const source = new Queue<number>()
    const close = vi.fn()
    source.put(1)
    for await (const _ of alive(source, 100, close)) break
    expect(close).toHaveBeenCalledTimes(1)
  })

  test('makes a broken connection of every error of the source', async () => {
    const source = new Queue<number>()
    const cause = new Error('read ECONNRESET')
    const close = vi.fn()
    source.put(1)
    source.end(cause)
    const chunks = alive(source, 100, close)
    expect((await chunks.next()).value).toBe(1)
    const error = await chunks.next().catch((error) => error)
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({ message: cause.message, cause })
    expect(close).toHaveBeenCalledTimes(1)
  })
})

describe('beforeDeadline', () => {
  test('gives what the promise gives', async () => {
    expect(await beforeDeadline(Promise.resolve(7), 100)).toBe(7)
    const broken = Promise.reject(new Error('broken'))
    await expect(beforeDeadline(broken, 100)).rejects.toThrow('broken')
  })

  test('does not mind a promise that breaks after the deadline', async () => {
    let breakIt = (_: Error) => {}
    const late = new Promise((_, reject) => {
      breakIt = reject
    })
    const waiting = expect(beforeDeadline(late, 100)).rejects.toThrow(
      new ConnectionError('nothing came for 100 ms'),
    )
    await vi.advanceTimersByTimeAsync(100)
    await waiting
    // Vitest fails the run for a rejection that nobody handles.
    breakIt(new Error('late'))
  })
})
