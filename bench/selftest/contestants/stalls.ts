// Stands still for 200 ms every 2 s, as a server does that collects garbage or
// sorts a large list.

import type { Contestant } from '../../contestant.ts'
import rawTcp from '../../contestants/raw-tcp.ts'

export const stallMs = 200
export const everyMs = 2_000

const cell = new Int32Array(new SharedArrayBuffer(4))

export default {
  ...rawTcp,
  title: 'A server that stalls',
  serve(feed, options) {
    const server = rawTcp.serve(feed, options)
    const timer = setInterval(() => Atomics.wait(cell, 0, 0, stallMs), everyMs)
    server.once('close', () => clearInterval(timer))
    return server
  },
} satisfies Contestant
