// From answers to transports: every rule speaks, and the points are added.

import type { Capabilities } from '../../../lessons/capabilities.ts'
import { type Answers, type QuestionId, questions } from './questions.ts'
import { always, type Judgement, type Rule, rules } from './rules.ts'

/** What is chosen among. */
export interface Candidate {
  readonly title: string
  readonly capabilities: Capabilities
}

export interface Reason extends Judgement {
  /** Undefined: it holds whatever is answered. */
  readonly question: QuestionId | undefined
}

/** One transport, judged. */
export interface Choice<One extends Candidate = Candidate> {
  readonly candidate: One
  readonly isOut: boolean
  readonly points: number
  readonly reasons: readonly Reason[]
}

/** All of them, the best first; those that are ruled out last. */
export function choose<One extends Candidate>(
  candidates: readonly One[],
  answers: Answers,
): Choice<One>[] {
  return candidates
    .map((candidate) => judge(candidate, answers))
    .sort((a, b) => Number(a.isOut) - Number(b.isOut) || b.points - a.points)
}

/** What one answer alone says of one transport. */
export function judgeAnswer(
  { capabilities }: Candidate,
  question: QuestionId,
  answer: string,
): Judgement | undefined {
  const rule = (rules[question] as Record<string, Rule | undefined>)[answer]
  return rule?.(capabilities)
}

/** The first of a ranking, and all that have as many points. */
export function best<One extends Candidate>(
  ranking: readonly Choice<One>[],
): Choice<One>[] {
  const [first] = ranking
  if (first === undefined || first.isOut) return []
  return ranking.filter(
    ({ isOut, points }) => !isOut && points === first.points,
  )
}

function judge<One extends Candidate>(
  candidate: One,
  answers: Answers,
): Choice<One> {
  const reasons: Reason[] = []
  const add = (question: QuestionId | undefined, found?: Judgement) => {
    if (found) reasons.push({ question, ...found })
  }
  add(undefined, always(candidate.capabilities))
  for (const { id } of questions)
    add(id, judgeAnswer(candidate, id, answers[id]))
  const numbers = reasons.map(({ points }) => (points === 'out' ? 0 : points))
  return {
    candidate,
    isOut: reasons.some(({ points }) => points === 'out'),
    points: numbers.reduce((sum, one) => sum + one, 0),
    reasons,
  }
}
