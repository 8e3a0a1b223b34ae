// Delivers each message 5 ms after it was published: neither sooner nor later.

import type { Deliver, Message } from '../../../lessons/feed.ts'
import type { Contestant } from '../../contestant.ts'
import rawTcp from '../../contestants/raw-tcp.ts'
import { alteredFeed } from '../altered-feed.ts'

export const delayMs = 5

export default {
  ...rawTcp,
  title: 'A server that takes 5 ms',
  serve: (feed, options) => rawTcp.serve(alteredFeed(feed, delayed), options),
} satisfies Contestant

function delayed(deliver: Deliver): Deliver {
  const waiting: { dueMs: number; message: Message }[] = []
  // Timers are up to a millisecond late: the rest is waited for in turns of
  // the loop.
  const look = () => {
    for (;;) {
      const [first] = waiting
      if (first === undefined) return
      const leftMs = first.dueMs - performance.now()
      if (leftMs > 1.5) return void setTimeout(look, leftMs - 1.5)
      if (leftMs > 0) return void setImmediate(look)
      waiting.shift()
      deliver(first.message)
    }
  }
  return (message) => {
    waiting.push({ dueMs: performance.now() + delayMs, message })
    if (waiting.length === 1) look()
    return undefined
  }
}
