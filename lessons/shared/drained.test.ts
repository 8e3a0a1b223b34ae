import { EventEmitter, getEventListeners } from 'node:events'

import { expect, test } from 'vitest'

import { drained } from './drained.ts'

function setUp() {
  const stream = new EventEmitter()
  const controller = new AbortController()
  const { signal } = controller
  const waiting = drained(stream, signal)
  const isClean = () => {
    expect(stream.eventNames()).toEqual([])
    expect(getEventListeners(signal, 'abort')).toEqual([])
  }
  return { stream, controller, waiting, isClean }
}

test('resolves at drain, and leaves no listener', async () => {
  const { stream, waiting, isClean } = setUp()
  expect(stream.listenerCount('drain')).toBe(1)
  stream.emit('drain')
  await waiting
  isClean()
})

test('resolves when the client leaves, and leaves no listener', async () => {
  const { controller, waiting, isClean } = setUp()
  controller.abort()
  await waiting
  isClean()
})

test('resolves when the stream breaks, and leaves no listener', async () => {
  const { stream, waiting, isClean } = setUp()
  stream.emit('error', new Error('broken'))
  await waiting
  isClean()
})

test('does not wait for a client that has left before', async () => {
  const stream = new EventEmitter()
  await drained(stream, AbortSignal.abort())
  expect(stream.eventNames()).toEqual([])
})
