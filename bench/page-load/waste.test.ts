import { expect, test } from 'vitest'

import type { Event } from './server.ts'
import { wastedBytes } from './waste.ts'

const style = '/style.css'
const sent: Event = { is: 'answered', path: style }
const pushed: Event = { is: 'pushed', path: style }
const asked: Event = { is: 'asked', path: style }

test.for([
  ['what is sent once is not wasted', [asked, sent], [], 0],
  ['what is asked for and not sent is not, either', [asked, asked], [style], 0],
  ['what is sent twice is once', [asked, sent, asked, sent], [], 20_000],
  ['what is pushed and asked for is, too', [pushed, asked, sent], [], 20_000],
  ['what the client has is wasted whole', [pushed], [style], 20_000],
  ['and each time', [pushed, sent], [style], 40_000],
  ['what has no size has none', [{ is: 'answered', path: '/x' }], ['/x'], 0],
] as const)('%s', ([, events, cached, bytes]) => {
  expect(wastedBytes(events, cached)).toBe(bytes)
})
