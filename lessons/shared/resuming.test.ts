import { getEventListeners } from 'node:events'

import { describe, expect, test, vi } from 'vitest'

import { type ConnectionState, SubscribeError } from '../lesson.ts'
import { ConnectionError } from './connection-error.ts'
import { type Arrival, resuming } from './resuming.ts'
import { message, noPublish, run, skipDelays } from './resuming-script.ts'

skipDelays()

describe('a subscription', () => {
  test('goes on after the last message it received', async () => {
    const { asked, ids, gaps } = await run([
      [{ id: 'test-5' }, message('test-6'), message('test-7')],
      [{ id: 'test-7' }],
      [],
      [{ id: 'test-7' }, message('test-8')],
    ])
    expect(ids).toEqual(['test-6', 'test-7', 'test-8'])
    expect(asked).toEqual([undefined, 'test-7', 'test-7', 'test-7', 'test-8'])
    expect(gaps).toEqual([])
  })

  test('goes on after a position, if it received no message', async () => {
    const { asked, ids } = await run([[{ id: 'test-5' }], []])
    expect(asked).toEqual([undefined, 'test-5', 'test-5'])
    expect(ids).toEqual([])
  })

  test('begins after the cursor that it is given', async () => {
    const { asked } = await run([[]], { after: 'test-3' })
    expect(asked).toEqual(['test-3', 'test-3'])
  })

  test('tells each state of its connection, in order', async () => {
    const { states } = await run([
      [{ id: 'test-0' }, message('test-1')],
      [new ConnectionError('read ECONNRESET')],
    ])
    expect(states).toEqual([
      { is: 'connecting' },
      { is: 'open' },
      {
        is: 'waiting',
        delayMs: 1_000,
        why: 'the server ended the connection',
      },
      { is: 'connecting' },
      { is: 'waiting', delayMs: 2_000, why: 'read ECONNRESET' },
      { is: 'connecting' },
    ])
  })

  test('publishes with what it was given', async () => {
    const publish = vi.fn(noPublish)
    await resuming(async function* () {}, publish, {}).publish('hello')
    expect(publish).toHaveBeenCalledExactlyOnceWith('hello')
  })
})

describe('the delay before the next attempt', () => {
  const broken = [new ConnectionError('broken')]

  test('grows, and only a message starts it over', async () => {
    const { delaysMs } = await run([
      broken,
      [{ id: 'test-0' }],
      broken,
      [{ id: 'test-0' }, message('test-1')],
      broken,
    ])
    expect(delaysMs).toEqual([1_000, 2_000, 4_000, 1_000, 2_000])
  })

  test('is what the options, and then the server, ask for', async () => {
    const connections = [broken, [{ retryMs: 20 }], [message('test-1')]]
    const { delaysMs } = await run(connections, { retryMs: 5 })
    expect(delaysMs).toEqual([5, 40, 20])
  })

  test('is at least what Retry-After asks for', async () => {
    const busy = (retryAfterMs: number) => [
      new SubscribeError('busy', 503, { retryAfterMs }),
    ]
    const { delaysMs } = await run([busy(7_000), busy(1), broken])
    expect(delaysMs).toEqual([7_000, 2_000, 4_000])
  })
})

describe('a subscription ends', () => {
  test('with an error of the program', async () => {
    const mistake = new TypeError('x is not a function')
    const { error, asked } = await run([[message('test-1'), mistake]])
    expect(error).toBe(mistake)
    expect(asked).toHaveLength(1)
  })

  test('without an error when the abort breaks its connection', async () => {
    const controller = new AbortController()
    async function* connect(): AsyncGenerator<Arrival> {
      yield message('test-1')
      throw new Error('This operation was aborted')
    }
    const { signal } = controller
    const subscription = resuming(connect, noPublish, { signal })
    await subscription.next()
    controller.abort()
    expect((await subscription.next()).done).toBe(true)
  })

  test('in the middle of a delay', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const onState = ({ is }: ConnectionState) => {
      if (is === 'waiting') queueMicrotask(() => controller.abort())
    }
    const options = { signal, onState, retryMs: 20_000 }
    const started = Date.now()
    const subscription = resuming(async function* () {}, noPublish, options)
    expect((await subscription.next()).done).toBe(true)
    expect(Date.now() - started).toBeLessThan(20_000)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  test('before it connects when it is aborted already', async () => {
    const connect = vi.fn(async function* (): AsyncGenerator<Arrival> {})
    const signal = AbortSignal.abort()
    const { done } = await resuming(connect, noPublish, { signal }).next()
    expect(done).toBe(true)
    expect(connect).not.toHaveBeenCalled()
  })

  test('with its connection when the reader stops', async () => {
    const closed = vi.fn()
    async function* connect(): AsyncGenerator<Arrival> {
      try {
        for (let n = 1; ; n++) yield message(`test-${n}`)
      } finally {
        closed()
      }
    }
    for await (const _ of resuming(connect, noPublish, {})) break
    expect(closed).toHaveBeenCalledTimes(1)
  })
})
