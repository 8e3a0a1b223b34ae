// The floor: the feed's messages on a bare TCP connection, with the least
// around them that still lets a subscriber go on where it was.

import type { Contestant } from '../contestant.ts'
import { subscribe } from './raw-tcp/client.ts'
import { encodePosition } from './raw-tcp/frames.ts'
import { serve } from './raw-tcp/server.ts'

const lineFeed = 0x0a

export default {
  title: 'Raw TCP',
  transport: 'raw TCP',
  implementation: 'node:net',
  kind: 'control',
  serve,
  subscribe,
  lean: {
    hello: () => encodePosition(),
    // The server's first frame is the position at which it goes on.
    greeted: (received) => received.includes(lineFeed) || undefined,
  },
} satisfies Contestant
