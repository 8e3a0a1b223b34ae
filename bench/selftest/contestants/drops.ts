// Loses one message in ten, and tells nobody.

import type { Contestant } from '../../contestant.ts'
import rawTcp from '../../contestants/raw-tcp.ts'
import { alteredFeed, isTenth } from '../altered-feed.ts'

export default {
  ...rawTcp,
  title: 'A server that drops messages',
  serve: (feed, options) =>
    rawTcp.serve(
      alteredFeed(
        feed,
        (deliver) => (message) =>
          isTenth(message) ? undefined : deliver(message),
      ),
      options,
    ),
} satisfies Contestant
