// Says in sentences what the chooser found.

import { list } from '../../../bench/report/words.ts'
import { best, type Candidate, type Choice } from './choose.ts'
import type { Answers } from './questions.ts'

/** `Server-Sent Events fits best, then HTTP streaming.` */
export function describeChoice(
  ranking: readonly Choice[],
  answers: Answers,
): string {
  const first = best(ranking)
  if (first.length === 0) return 'Nothing here can do that.'
  const rest = ranking.filter((one) => !one.isOut && !first.includes(one))
  const fits = (first[0]?.points ?? 0) < 0 ? 'comes closest' : 'fits best'
  const names = list(first.map(titleOf))
  const head =
    first.length === 1
      ? `${names} ${fits}`
      : `${names} ${fits === 'fits best' ? 'fit equally well' : 'come equally close'}`
  const then = rest[0] === undefined ? '' : `, then ${titleOf(rest[0])}`
  return [`${head}${then}.`, ...warnings(first, answers)].join(' ')
}

/** What even the best of them cannot do. */
export function warnings(
  first: readonly Choice[],
  { closed }: Answers,
): string[] {
  const reaches = first.some((one) => one.candidate.capabilities.closedPage.is)
  if (closed !== 'yes' || reaches) return []
  return [
    'None of these reaches a page that is closed: that takes Web Push beside it.',
  ]
}

function titleOf({ candidate }: { candidate: Candidate }): string {
  return candidate.title
}

/** What points mean, in a word. */
export function wordOf(points: number | 'out'): string {
  if (points === 'out') return 'ruled out'
  if (points === 0) return 'mind'
  return points > 0 ? 'for' : 'against'
}
