// Keeps one message in ten back until the next one has gone.

import type { Message } from '../../../lessons/feed.ts'
import type { Contestant } from '../../contestant.ts'
import rawTcp from '../../contestants/raw-tcp.ts'
import { alteredFeed, isTenth } from '../altered-feed.ts'

export default {
  ...rawTcp,
  title: 'A server that swaps messages',
  serve: (feed, options) =>
    rawTcp.serve(
      alteredFeed(feed, (deliver) => {
        let kept: Message | undefined
        return (message) => {
          if (isTenth(message)) {
            kept = message
            return undefined
          }
          const drained = deliver(message)
          if (kept) deliver(kept)
          kept = undefined
          return drained
        }
      }),
      options,
    ),
} satisfies Contestant
