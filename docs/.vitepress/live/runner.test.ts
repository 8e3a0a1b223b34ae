// One transport in the race.

import { describe, expect, it } from 'vitest'

import {
  arrive,
  describeCount,
  describeRunner,
  describeSaid,
  medianMs,
  medianSpan,
  miss,
  runnerOf,
} from './runner.ts'

const entrant = { number: 4, folder: '04-a', title: 'A', secure: false }

function having(...numbers: number[]) {
  const runner = runnerOf(entrant)
  for (const n of numbers) arrive(runner, { n, lateMs: n })
  return runner
}

describe('what arrives', () => {
  it('is counted from the first message on, whichever that is', () => {
    const runner = having(41, 42, 43)
    expect(runner).toMatchObject({ received: 3, lost: 0, doubled: 0 })
    expect(describeCount(runner)).toBe('3 received, none lost')
  })

  it('shows what is missing as lost', () => {
    const runner = having(1, 2, 6)
    expect(runner).toMatchObject({ received: 3, lost: 3 })
    expect(describeCount(runner)).toBe('3 received, 3 lost')
  })

  it('counts what comes twice, and shows it once', () => {
    const runner = having(1, 2, 2, 1, 3)
    expect(runner).toMatchObject({ received: 3, lost: 0, doubled: 2 })
    expect(describeCount(runner)).toBe('3 received, 2 twice')
    expect(runner.arrivals.map(({ n }) => n)).toEqual([1, 2, 3])
  })

  it('tells a gap in its feed, which the next number shows', () => {
    const runner = having(1, 2)
    miss(runner, { after: 'k3f9-2', resumedAt: 'k3f9-40', lost: 38 })
    arrive(runner, { n: 41, lateMs: 1 })
    expect(describeCount(runner)).toBe('3 received, 38 lost')
  })

  it('counts anew when the servers were started anew', () => {
    const runner = having(41, 42, 50)
    miss(runner, { after: 'k3f9-50', resumedAt: 'm2p8-0', lost: undefined })
    expect(describeCount(runner)).toBe('nothing yet')
    arrive(runner, { n: 1, lateMs: 1 })
    arrive(runner, { n: 2, lateMs: 1 })
    expect(describeCount(runner)).toBe(
      '2 received since the restart, none lost',
    )
  })

  it('keeps what somebody published in sight', () => {
    const runner = having(1)
    expect(describeSaid(runner)).toBe('')
    arrive(runner, { n: 2, lateMs: 1.5, text: 'hello' })
    arrive(runner, { n: 3, lateMs: 2 })
    expect(describeSaid(runner)).toBe('“hello” came after 1.5 ms')
  })

  it('has the median of the last messages only', () => {
    const late = Array.from({ length: 100 }, (_, index) => index + 1)
    const runner = having(...late)
    expect(medianMs(runner)).toBe(100 - (medianSpan - 1) / 2)
    expect(medianMs(having())).toBeUndefined()
  })
})

describe('in words', () => {
  it('a connection says why it waits', () => {
    const runner = { ...having(), state: 'waiting', why: 'no answer' } as const
    expect(describeRunner(runner)).toBe('Waiting to reconnect: no answer')
  })

  it('a reader that is paused says so first', () => {
    const runner = { ...having(), state: 'open', paused: true } as const
    expect(describeRunner(runner)).toMatch(/^Paused/)
  })

  it('nothing has come yet', () => {
    expect(describeCount(having())).toBe('nothing yet')
  })
})
