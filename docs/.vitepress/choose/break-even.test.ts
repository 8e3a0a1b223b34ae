// The interval from which polling costs no more than pushing.

import { expect, it } from 'vitest'

import { breakEvenS, pollToPush } from './break-even.ts'
import { breakEvenOf, describeBreakEven } from './cost-words.ts'
import { madeHeld, madeLoad, madePoll, madeStream } from './made.ts'

// Without a round trip a cycle is the interval, and a hand can solve for it.
const load = { ...madeLoad, rttMs: 0 }

it('is where both cost the same bytes', () => {
  // Pushed: 228 / 20 + 0.5 + 0.25 = 12.15 bytes/s. Polled, each finding one from
  // 20 s on: (250 + 100) / I + 230 / 20 = 12.15, so I = 350 / 0.65.
  const found = breakEvenS(madePoll, madeStream, load, 'bytes')
  expect(found).toBeGreaterThan(538)
  expect(found).toBeLessThan(539.1)
})

it('is where both take the same CPU time', () => {
  // Pushed: 2,504.5 us/s. Polled: 1,000 × (100 / I + 10 / 20).
  const found = breakEvenS(madePoll, madeStream, load, 'cpu')
  expect(found).toBeCloseTo(100_000 / 2_004.5, 0)
})

it('is nowhere when polling costs more even once a day', () => {
  const wordy = { ...madePoll, aroundBytes: 100 }
  expect(breakEvenS(wordy, madeStream, load, 'bytes')).toBeUndefined()
  expect(breakEvenOf(wordy, madeStream, load, 'bytes')).toBe(
    'less than once a day',
  )
})

it('is the shortest interval when polling costs less anyway', () => {
  const dear = { ...madeStream, beatUs: 1e9 }
  expect(breakEvenS(madePoll, dear, load, 'cpu')).toBe(0.1)
})

it('is left behind at the interval that the delay allows', () => {
  // 34,000 + 10,000 to 12,150 bytes/s.
  const ratio = pollToPush(madePoll, madeStream, madeLoad, 9.95, 'bytes')
  expect(ratio).toBeCloseTo(44_000 / 12_150)
})

it('is told in a sentence, against the streams that are hardest to beat', () => {
  const lean = { ...madeStream, title: 'Lean stream', beatUs: 0 }
  const all = [madePoll, madeHeld, madeStream, lean]
  expect(describeBreakEven(all, madeLoad)).toBe(
    'Polled once in 10 s, which keeps the delay that you accept, made poll takes 3.6 times the bytes of Made stream and 21 times the CPU time of Lean stream.',
  )
  expect(describeBreakEven([madeStream], madeLoad)).toBeUndefined()
  expect(describeBreakEven([madePoll], madeLoad)).toBeUndefined()
})
