// Delivers one message in ten twice.

import type { Contestant } from '../../contestant.ts'
import rawTcp from '../../contestants/raw-tcp.ts'
import { alteredFeed, isTenth } from '../altered-feed.ts'

export default {
  ...rawTcp,
  title: 'A server that doubles messages',
  serve: (feed, options) =>
    rawTcp.serve(
      alteredFeed(feed, (deliver) => (message) => {
        if (isTenth(message)) deliver(message)
        return deliver(message)
      }),
      options,
    ),
} satisfies Contestant
