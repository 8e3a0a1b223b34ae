// What the chooser says, and that it says it of facts and not of names.

import { describe, expect, it } from 'vitest'

import { loadLessons } from '../../../lessons/index.ts'
import { best, choose, judgeAnswer } from './choose.ts'
import { questions, readAnswers, usual } from './questions.ts'
import { describeChoice, wordOf } from './verdicts.ts'

const lessons = await loadLessons()
const titlesOf = (query: string) =>
  best(choose(lessons, readAnswers(query))).map((one) => one.candidate.title)

describe('the choice', () => {
  it.each([
    ['', 'Server-Sent Events'],
    ['?direction=both', 'WebSocket'],
    ['?receiver=binary', 'WebSocket'],
    ['?receiver=program', 'HTTP streaming'],
    ['?delay=more', 'Short polling'],
    ['?path=unknown', 'Long polling'],
    ['?path=short&delay=seconds', 'Short polling'],
    ['?tabs=http1', 'WebSocket'],
    ['?tabs=http2', 'SSE over HTTP/2'],
    ['?tabs=http2&direction=both', 'WebSocket over HTTP/2'],
    ['?closed=yes', 'Web Push'],
  ])('for "%s" is %s', (query, title) => {
    expect(titlesOf(query)).toEqual([title])
  })

  it('is for no page something that pages cannot read', () => {
    for (const receiver of ['text', 'binary'] as const)
      for (const { candidate, isOut } of choose(lessons, {
        ...usual,
        receiver,
      }))
        if (candidate.capabilities.browser.is === 'none')
          expect(isOut, candidate.title).toBe(true)
  })

  it('has those that are ruled out last, whatever their points', () => {
    const ranking = choose(lessons, { ...usual, receiver: 'binary' })
    const outs = ranking.map(({ isOut }) => isOut)
    expect(outs).toEqual([...outs].sort((a, b) => Number(a) - Number(b)))
    expect(outs).toContain(true)
  })

  it('depends on facts: the same facts under another name get the same points', () => {
    const renamed = lessons.map((one) => ({
      ...one,
      title: `Not ${one.title}`,
    }))
    const pointsOf = (all: typeof lessons) =>
      choose(all, usual).map(({ points, isOut }) => [points, isOut])
    expect(pointsOf(renamed)).toEqual(pointsOf(lessons))
  })

  it('says why, of every lesson and every answer that makes a difference', () => {
    for (const lesson of lessons)
      for (const { id, answers } of questions)
        for (const answer of answers) {
          const found = judgeAnswer(lesson, id, answer.id)
          expect(found?.why ?? 'It makes no difference.').toMatch(/\.$/)
        }
  })

  it('names what is second, and what even the first cannot do', () => {
    const say = (query: string) => {
      const answers = readAnswers(query)
      return describeChoice(choose(lessons, answers), answers)
    }
    expect(say('')).toBe('Server-Sent Events fits best, then SSE over HTTP/2.')
    const open = lessons.filter((one) => !one.capabilities.closedPage.is)
    const answers = readAnswers('?closed=yes')
    expect(describeChoice(choose(open, answers), answers)).toMatch(
      /None of these reaches a page that is closed: that takes Web Push/,
    )
  })

  it('of equals names all, and of none says so', () => {
    const [first] = lessons
    if (first === undefined) throw new Error('There are no lessons.')
    const twin = { ...first, title: 'Its twin' }
    expect(describeChoice(choose([first, twin], usual), usual)).toMatch(
      new RegExp(`^${first.title} and Its twin `),
    )
    expect(describeChoice(choose([], usual), usual)).toBe(
      'Nothing here can do that.',
    )
  })

  it('has a word for points', () => {
    expect([2, 0, -1, 'out' as const].map(wordOf)).toEqual([
      'for',
      'mind',
      'against',
      'ruled out',
    ])
  })
})

describe('questions and answers', () => {
  it('have ids of their own', () => {
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length)
    for (const { answers } of questions)
      expect(new Set(answers.map(({ id }) => id)).size).toBe(answers.length)
  })
})
