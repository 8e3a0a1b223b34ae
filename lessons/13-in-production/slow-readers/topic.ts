// `npm run lesson 13 -- slow-readers`: the same reader, and the same feed, under
// each policy.

import { colors } from '../../../scripts/cli/colors.ts'
import serverSentEvents from '../../04-server-sent-events/index.ts'
import { print, type Recording, type Topic } from '../topic.ts'
import type { Policy } from './policies.ts'
import { readSlowly, type Seen } from './slow-reader.ts'

const messages = 600
const bytes = 64_000
const publishEveryMs = 10
const readEveryMs = 25
const history = 300

const options = {
  lesson: serverSentEvents,
  messages,
  bytes,
  publishEveryMs,
  readEveryMs,
  history,
}

const policies: readonly {
  readonly title: string
  readonly policy?: Policy
}[] = [
  { title: 'none: a server that does not ask whether there is room' },
  { title: 'wait', policy: { is: 'wait' } },
  {
    title: 'drop the oldest but 50',
    policy: { is: 'drop-oldest', keep: 50 },
  },
  { title: 'keep the latest', policy: { is: 'keep-latest' } },
  {
    title: 'disconnect who falls back by 100',
    policy: { is: 'disconnect', most: 100 },
  },
]

export default {
  about: 'what four policies do to the memory of a server, and to its reader',
  async run(signal) {
    print(
      `A reader of lesson 04 takes a message every ${readEveryMs} ms, of a feed that publishes one of ${bytes / 1_000} kB every ${publishEveryMs} ms, ${messages} in all, and keeps ${history}. A place is a quarter of a second: how many messages the reader was behind, of 400.\n`,
    )
    // Side by side: each waits for its reader nearly all the time.
    const runs = policies.map(({ policy }) =>
      readSlowly({ ...options, policy, signal }),
    )
    for (const [n, { title }] of policies.entries()) {
      const seen = await runs[n]
      if (seen === undefined || signal.aborted) return
      print(colors.bold(title))
      print(`  behind  ${bars(seen)}`)
      print(`  server  ${describeServer(seen)}`)
      print(`  reader  ${describeReader(seen)}\n`)
    }
  },
  record,
} satisfies Topic

async function record(signal: AbortSignal): Promise<Recording> {
  const lines = await Promise.all(
    policies.map(async ({ title, policy }) => {
      const { behind } = await readSlowly({ ...options, policy, signal })
      const points = behind.map(
        (messages, n) => [(n + 1) / 4, messages] as const,
      )
      return { label: title, points }
    }),
  )
  return {
    title: 'A reader who is slower than the feed',
    shows: `How many messages the reader has yet to read: it takes one every ${readEveryMs} ms, and one of ${bytes / 1_000} kB is published every ${publishEveryMs} ms, ${messages} in all.`,
    hides:
      'What the server holds in memory, which the text above has, and the 10 MB and more that the systems hold on the way.',
    x: 'seconds since the first message',
    y: 'messages behind',
    lines,
  }
}

function bars({ behind }: Seen): string {
  const marks = '▁▂▃▄▅▆▇█'
  return behind
    .map((messages) => marks[Math.min(Math.floor(messages / 50), 7)])
    .join('')
}

function describeServer({ heldBytes, connections }: Seen): string {
  const held = `holds up to ${(heldBytes / 1e6).toFixed(1)} MB for this one reader`
  const times = connections - 1
  if (times === 0) return held
  return `${held}, and cuts it off ${times === 1 ? 'once' : `${times} times`}`
}

function describeReader({ read, lost, lateMs }: Seen): string {
  const late = `the last one ${(lateMs / 1_000).toFixed(1)} s late`
  return `has read ${read} messages, ${late}; was told of ${lost} that it lost`
}
