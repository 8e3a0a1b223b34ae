// Warns of what a comparison of two programs says about their protocols.

import type { ContestantFacts } from '../result.ts'
import { list } from './words.ts'

/** One sentence for each transport with several, one for all with one. */
export function describeImplementations(
  contestants: readonly ContestantFacts[],
): string[] {
  const carriers = contestants.filter(({ kind }) => kind !== 'control')
  const transports = [...new Set(carriers.map((one) => one.transport))]
  const groups = transports.map((transport) => ({
    transport,
    members: carriers.filter((one) => one.transport === transport),
  }))
  const single = groups.filter(({ members }) => members.length === 1)
  const names = single.map(({ transport }) => transport)
  return [
    ...groups.filter(({ members }) => members.length > 1).map(describeSeveral),
    ...(names.length > 0
      ? [
          `Of ${list(names)} there is only one implementation here: a ` +
            'difference may be the library’s and not the protocol’s.',
        ]
      : []),
  ]
}

function describeSeveral(group: {
  readonly transport: string
  readonly members: readonly ContestantFacts[]
}): string {
  const { transport, members } = group
  const titles = members.map((one) => `${one.title} (${one.implementation})`)
  const count = members.length === 2 ? 'two' : members.length
  return (
    `${list(titles)} are ${count} implementations of one transport, ` +
    `${transport}: what lies between them is not the protocol’s doing.`
  )
}
