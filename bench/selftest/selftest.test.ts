// The instrument before its figures: questions with known answers.

import { expect, test } from 'vitest'

import { knownAnswers } from './known-answers.ts'

const { signal } = new AbortController()

test.for(knownAnswers.map((one) => [one.sentence, one] as const))(
  '%s',
  { timeout: 60_000 },
  async ([, { ask }]) => {
    const { holds, found } = await ask(signal)
    expect(holds, found).toBe(true)
  },
)
