// Answers in addresses.

import { describe, expect, it } from 'vitest'

import { questions, readAnswers, usual, writeAnswers } from './questions.ts'

describe('answers in an address', () => {
  it('are read as they were written, each of them', () => {
    for (const { id, answers } of questions)
      for (const answer of answers) {
        const chosen = { ...usual, [id]: answer.id }
        expect(readAnswers(writeAnswers(chosen))).toEqual(chosen)
      }
  })

  it('leave it empty when all are as usual', () => {
    expect(writeAnswers(usual)).toBe('')
  })

  it('are as usual where it says nothing, or something else', () => {
    expect(readAnswers('')).toEqual(usual)
    expect(readAnswers('?direction=sideways&delay=&unknown=1')).toEqual(usual)
  })

  it('leave alone what others wrote there', () => {
    const both = { ...usual, direction: 'both' } as const
    expect(writeAnswers(both, '?from=mail')).toBe('?from=mail&direction=both')
    expect(writeAnswers(usual, '?from=mail&direction=both')).toBe('?from=mail')
  })
})

it('has no two questions or answers of one id', () => {
  const ids = questions.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { answers } of questions) {
    const all = answers.map(({ id }) => id)
    expect(new Set(all).size).toBe(all.length)
  }
})
