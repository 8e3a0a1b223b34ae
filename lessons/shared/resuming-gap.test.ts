import { describe, expect, test } from 'vitest'

import { GapError, SubscribeError } from '../lesson.ts'
import { message, run, skipDelays } from './resuming-script.ts'

skipDelays()

describe('a gap', () => {
  const at = (id: string) => ({ id })

  test.each([
    ['a jump between messages', [message('test-4'), message('test-7')], 4, 6],
    ['a position that is further', [at('test-6')], 3, 6],
    ['a first message that is further', [message('test-9')], 3, 8],
  ])(
    'is %s, with the number of messages lost',
    async (_, arrivals, from, to) => {
      const { gaps } = await run([arrivals], { after: 'test-3' })
      const [after, resumedAt] = [`test-${from}`, `test-${to}`]
      expect(gaps).toEqual([{ after, resumedAt, lost: to - from }])
    },
  )

  test.each([
    ['a position of another feed', [at('other-0')], 'other-0'],
    ['a message of another feed', [message('other-1')], 'other-0'],
  ])('is %s, of which nobody can say how many', async (_, arrivals, to) => {
    const { gaps } = await run([arrivals], { after: 'test-3' })
    expect(gaps).toEqual([{ after: 'test-3', resumedAt: to, lost: undefined }])
  })

  test('is not seen where ids go on, nor before the first of them', async () => {
    const arrivals = [at('test-3'), { retryMs: 9 }, {}, message('test-4')]
    expect((await run([arrivals], { after: 'test-3' })).gaps).toEqual([])
    expect((await run([[message('test-9')]])).gaps).toEqual([])
  })

  test('without onGap ends the subscription', async () => {
    const options = { after: 'test-3', onGap: undefined }
    const { ids, error } = await run([[message('test-9')]], options)
    expect(ids).toEqual([])
    expect(error).toEqual(
      new GapError({ after: 'test-3', resumedAt: 'test-8', lost: 5 }),
    )
    expect((error as Error).message).toBe(
      '5 messages after test-3 are lost; the feed goes on after test-8. Pass onGap to go on after a gap.',
    )
  })

  test('is a cursor of a feed that is gone: it starts the new one', async () => {
    const wish = { feedStart: 'other-2' }
    const gone = new SubscribeError('not of this feed', 400, wish)
    const { asked, gaps, ids, error } = await run(
      [[gone], [{ id: 'other-2' }, message('other-3')]],
      { after: 'test-3' },
    )
    expect(gaps).toEqual([
      { after: 'test-3', resumedAt: 'other-2', lost: undefined },
    ])
    expect(asked).toEqual(['test-3', 'other-2', 'other-3'])
    expect(ids).toEqual(['other-3'])
    expect(error).toBeUndefined()
  })
})

describe('a feed that is gone', () => {
  const gone = (feedStart: string) =>
    new SubscribeError('not of this feed', 400, { feedStart })

  test('is left at once, without a delay', async () => {
    const connections = [[gone('other-2')], [message('other-3')]]
    const { states } = await run(connections, { after: 'test-3' })
    expect(states.slice(0, 3)).toEqual([
      { is: 'connecting' },
      { is: 'connecting' },
      { is: 'open' },
    ])
  })

  test('that is back again and again is not asked without a delay', async () => {
    const [one, other] = [[gone('other-2')], [gone('test-0')]]
    const connections = [one, other, one, other, one, [message('other-3')]]
    const { asked, delaysMs, ids } = await run(connections, { after: 'test-3' })
    expect(asked.slice(0, 4)).toEqual([
      'test-3',
      'other-2',
      'test-0',
      'other-2',
    ])
    expect(delaysMs.slice(0, 2)).toEqual([1_000, 2_000])
    expect(ids).toEqual(['other-3'])
  })

  test('but starts where the cursor is ends the subscription', async () => {
    const refusal = gone('test-3')
    const { error, asked } = await run([[refusal]], { after: 'test-3' })
    expect(error).toBe(refusal)
    expect(asked).toHaveLength(1)
  })
})

describe('a refusal', () => {
  test.each([408, 425, 429, 500, 502, 503])(
    'with %i may be over later',
    async (status) => {
      const { error, states, ids } = await run([
        [new SubscribeError('not now', status)],
        [message('test-1')],
      ])
      expect(error).toBeUndefined()
      expect(ids).toEqual(['test-1'])
      expect(states[1]).toMatchObject({ is: 'waiting', why: 'not now' })
    },
  )

  test.each([200, 400, 401, 403, 404, 405, 413, 426, 431])(
    'with %i ends the subscription',
    async (status) => {
      const refusal = new SubscribeError('never', status)
      const { error, asked, delaysMs } = await run([[refusal]])
      expect(error).toBe(refusal)
      expect(asked).toHaveLength(1)
      expect(delaysMs).toEqual([])
    },
  )

  test('that names a start ends a subscription that sent no cursor', async () => {
    const refusal = new SubscribeError('?', 400, { feedStart: 'test-0' })
    expect((await run([[refusal]])).error).toBe(refusal)
  })
})
