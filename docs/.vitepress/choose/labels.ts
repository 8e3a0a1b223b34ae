// What capabilities are called in tables.

import type { Capabilities } from '../../../lessons/capabilities.ts'

type Facts = Required<Omit<Capabilities, 'heartbeatMs' | 'roundTrips' | 'http'>>

/** A row of the table: what is asked, and a word for each answer. */
type Labels = {
  readonly [Name in keyof Facts]: {
    readonly title: string
    readonly words: Readonly<Record<`${Facts[Name]['is']}`, string>>
  }
}

/** In the order in which people ask. `http` is a list and needs no words. */
export const labels: Labels = {
  delivery: {
    title: 'A message comes',
    words: { poll: 'when asked for', held: 'as an answer', stream: 'at once' },
  },
  directions: {
    title: 'Directions',
    words: { down: 'to the client', both: 'both ways' },
  },
  binary: { title: 'Binary', words: { true: 'yes', false: 'text only' } },
  browser: {
    title: 'In the browser',
    words: {
      fetch: 'fetch',
      EventSource: 'EventSource',
      WebSocket: 'WebSocket',
      WebTransport: 'WebTransport',
      'Push API': 'Push API',
      none: 'none',
    },
  },
  proxies: {
    title: 'Needs of proxies',
    words: {
      nothing: 'nothing',
      patience: 'patience',
      'no-buffer': 'no buffering',
      upgrade: 'the upgrade',
      udp: 'UDP let through',
      'no-proxy': 'that there is none',
    },
  },
  auth: {
    title: 'Signing in',
    words: { 'any-header': 'any header', cookie: 'cookies' },
  },
  resume: {
    title: 'The cursor is kept by',
    words: {
      request: 'every request',
      browser: 'the browser',
      yours: 'your code',
    },
  },
  tabs: {
    title: 'Connections of a tab',
    words: {
      none: 'none between polls',
      one: 'one of six',
      own: 'one beside the six',
      stream: 'a stream',
    },
  },
  closedPage: {
    title: 'Reaches a closed page',
    words: { true: 'yes', false: 'no' },
  },
  status: {
    title: 'Status',
    words: { current: 'current', draft: 'draft', ending: 'ending' },
  },
}
