// `npm run lesson 13 -- reconnect-storms`: the same restart under each policy.

import { colors } from '../../../scripts/cli/colors.ts'
import { print, type Recording, type Topic } from '../topic.ts'
import { policies } from './policies.ts'
import { type Storm, storm } from './storm.ts'

const clients = 2_000
const costMs = 5
const patienceMs = 3_000
const awayMs = 1_000
const mostMs = 40_000
const options = { clients, costMs, patienceMs, awayMs, mostMs }

export default {
  about: 'when 2,000 clients come back to a server that was restarted',
  run: tell,
  record,
} satisfies Topic

async function tell(signal: AbortSignal): Promise<void> {
  print(
    `${clients.toLocaleString('en')} clients of a server that ends, and is back after ${awayMs / 1_000} s. Each new subscriber costs it ${costMs} ms, one after the other; a client gives up after ${patienceMs / 1_000} s. A place is half a second.\n`,
  )
  for (const policy of policies) {
    const seen = await storm({ ...options, policy, signal })
    if (signal.aborted) return
    print(`${colors.bold(policy.title)}: ${describe(seen)}`)
    print(`  attempts    ${bars(seen, 'attempts')}`)
    print(`  subscribed  ${bars(seen, 'subscribed')}\n`)
  }
}

async function record(signal: AbortSignal): Promise<Recording> {
  const lines: Recording['lines'][number][] = []
  for (const policy of policies) {
    const { halfSeconds } = await storm({ ...options, policy, signal })
    const points = halfSeconds.map(
      ({ subscribed }, n) => [(n + 1) / 2, subscribed] as const,
    )
    lines.push({ label: policy.title, points })
  }
  return {
    title: 'A server that was restarted, and its 2,000 clients',
    shows: `How many are subscribed again, since the server ended. It is back after ${awayMs / 1_000} s; each new subscriber costs it ${costMs} ms, one after the other; a client gives up after ${patienceMs / 1_000} s.`,
    hides:
      'How many attempts that took, which the text above has. And chance: each policy was run once.',
    x: 'seconds since the server ended',
    y: 'subscribers',
    lines,
  }
}

function describe({ attempts, givenUp, refused, overAfterMs }: Storm): string {
  const when =
    overAfterMs === undefined
      ? `not all are back after ${mostMs / 1_000} s`
      : `all are back after ${(overAfterMs / 1_000).toFixed(1)} s`
  const parts = [`${attempts} attempts`]
  if (givenUp > 0) parts.push(`${givenUp} given up`)
  if (refused > 0) parts.push(`${refused} told when to come back`)
  return `${when}, with ${parts.join(', ')}`
}

/** Of all clients: `▁` is some, `█` all of them or more. */
function bars({ halfSeconds }: Storm, what: 'attempts' | 'subscribed') {
  const marks = '▁▂▃▄▅▆▇█'
  return halfSeconds
    .map(({ [what]: count }) => {
      const place = Math.ceil((count / clients) * marks.length) - 1
      return count === 0 ? ' ' : marks[Math.min(place, marks.length - 1)]
    })
    .join('')
}
