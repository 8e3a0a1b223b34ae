import { expect, test } from 'vitest'

import { collect } from '../testing.ts'
import { Queue } from './queue.ts'

/** Resolves when the reader has done what it can. */
const isWaiting = () => new Promise(setImmediate)

test('items come out in the order they were put in', async () => {
  const queue = new Queue<number>()
  for (let n = 0; n < 5; n++) queue.put(n)
  queue.end()
  expect(await collect(queue)).toEqual([0, 1, 2, 3, 4])
})

test('a reader that waits is woken by an item, and by the end', async () => {
  const queue = new Queue<number>()
  const items = queue[Symbol.asyncIterator]()
  const first = items.next()
  await isWaiting()
  queue.put(1)
  expect(await first).toEqual({ value: 1, done: false })
  const end = items.next()
  await isWaiting()
  queue.end()
  expect(await end).toEqual({ value: undefined, done: true })
})

test('what is put in while another item is handled is not lost', async () => {
  const queue = new Queue<number>()
  queue.put(1)
  const got: number[] = []
  for await (const item of queue) {
    got.push(item)
    if (item < 5) queue.put(item + 1)
    else queue.end()
  }
  expect(got).toEqual([1, 2, 3, 4, 5])
})

test('an error comes after the items before it', async () => {
  const queue = new Queue<number>()
  const items = queue[Symbol.asyncIterator]()
  queue.put(1)
  queue.end(new Error('broken'))
  expect((await items.next()).value).toBe(1)
  await expect(items.next()).rejects.toThrow('broken')
})

test('the first end counts', async () => {
  const queue = new Queue<number>()
  queue.end()
  queue.end(new Error('late'))
  expect(await collect(queue)).toEqual([])
})
