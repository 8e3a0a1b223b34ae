// `npm run lesson 13 -- limits`: a client that goes too far, and what it is told.

import { colors } from '../../../scripts/cli/colors.ts'
import { print, type Topic } from '../topic.ts'
import {
  oneByteMore,
  oneByteMoreInFrame,
  oneReaderMore,
  oneSubscriptionMore,
  oneWebSocketMore,
  publishAtOnce,
  sendAtOnce,
  type Told,
} from './too-much.ts'

export default {
  about: 'connections, sizes, rates and memory, and who is told what beyond',
  async run(signal) {
    for (const [title, showIt] of parts) {
      if (signal.aborted) return
      print(colors.bold(title))
      await showIt()
    }
  },
} satisfies Topic

/** Each takes some seconds at most. */
const parts: readonly [title: string, showIt: () => Promise<void>][] = [
  [
    'Subscriptions: 5 for each address',
    async () => {
      show('the sixth, SSE', describe(await oneSubscriptionMore(5)))
      show('the sixth, WebSocket', describe(await oneWebSocketMore(5)))
    },
  ],
  [
    'Size: 64 kB for each message',
    async () => {
      show('64,001 bytes, POST', describe(await oneByteMore(64_000)))
      const { code, reason } = await oneByteMoreInFrame(64_000)
      show('64,001 bytes, frame', `closed with ${code} ${reason}`.trim())
    },
  ],
  [
    'Rate: 20 publishes a second for each address',
    async () => {
      const { published, told } = await publishAtOnce(50, 20)
      show('50 POSTs at once', `${published} published, ${told.length} refused`)
      if (told[0]) show('', describe(told[0]))
    },
  ],
  [
    'Rate: 100 kB a second for each WebSocket',
    async () => {
      const { sent, published, tookMs } = await sendAtOnce(100_000, 5)
      const tookS = (tookMs / 1_000).toFixed(1)
      const got = `${published} published within ${tookS} s, nobody told`
      show(`${sent} frames at once`, got)
    },
  ],
  [
    'Memory: 1 MB that nobody has read yet, on all connections',
    async () => show('a reader more', describe(await oneReaderMore(1e6))),
  ],
]

function show(what: string, got: string): void {
  print(`  ${what.padEnd(22)}${got}`)
}

function describe({ status, retryAfter, says }: Told): string {
  const when = retryAfter === null ? '' : `, retry-after: ${retryAfter}`
  return `${status}${when}: ${says}`
}
