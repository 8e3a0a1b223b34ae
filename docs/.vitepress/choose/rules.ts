// What an answer means for a transport. Rules ask what a transport can do and
// never which one it is: one that is added is judged by its own facts.

import type { BrowserApi, Capabilities } from '../../../lessons/capabilities.ts'
import type { FigureId } from './figures.ts'
import type { AnswerTo, QuestionId } from './questions.ts'

/** What one rule says of one transport. */
export interface Judgement {
  /** More speaks for it, fewer against; `out`: it cannot do that at all. */
  readonly points: number | 'out'
  readonly why: string
  /** The measured figure behind it. */
  readonly figure?: FigureId
}

/** Undefined: the answer makes no difference to it. */
export type Rule = (can: Capabilities) => Judgement | undefined

type Rules = {
  readonly [Id in QuestionId]: { readonly [Id2 in AnswerTo<Id>]?: Rule }
}

const pageMustExist: Rule = ({ browser }) =>
  browser.is === 'none' ? { points: 'out', why: browser.because } : undefined

/** Interfaces that give a page the bytes as they were sent. */
const givesFrames: readonly BrowserApi[] = ['WebSocket', 'WebTransport']

const headersEach =
  'Each message brings the headers of an answer, and takes those of another request.'

export const rules: Rules = {
  direction: {
    server: ({ directions }) =>
      directions.is === 'both'
        ? {
            points: -1,
            why: 'Nothing comes back here, and what HTTP brings along is yours to build.',
          }
        : undefined,
    seldom: ({ directions }) => ({ points: 0, why: directions.because }),
    both: ({ directions }) => ({
      points: directions.is === 'both' ? 4 : -3,
      why: directions.because,
      figure: 'echo',
    }),
  },

  receiver: {
    text: (can) =>
      pageMustExist(can) ??
      (can.browser.is === 'EventSource'
        ? { points: 2, why: can.browser.because }
        : undefined),
    binary: (can) =>
      pageMustExist(can) ??
      (can.binary.is
        ? {
            // What a frame is to the sender, it is to the page.
            points: givesFrames.includes(can.browser.is) ? 2 : 0,
            why: can.binary.because,
          }
        : { points: 'out', why: can.binary.because }),
    program: ({ resume }) =>
      resume.is === 'browser'
        ? {
            points: -1,
            why: 'No browser is there that resumes by itself: the format is all that is left of its advantage.',
          }
        : undefined,
  },

  delay: {
    moment: ({ delivery }) => ({
      points: { poll: -5, held: 0, stream: 1 }[delivery.is],
      why: delivery.because,
      figure: 'latency',
    }),
    seconds: ({ delivery }) =>
      delivery.is === 'poll'
        ? { points: -1, why: delivery.because, figure: 'idle' }
        : undefined,
    more: ({ delivery }) =>
      delivery.is === 'poll'
        ? {
            points: 3,
            why: 'Polls that seldom are cheap, and the server holds nothing between two of them.',
          }
        : undefined,
  },

  rate: {
    some: ({ delivery }) =>
      delivery.is === 'held'
        ? { points: -1, why: headersEach, figure: 'seldom' }
        : undefined,
    rare: ({ delivery }) =>
      delivery.is === 'poll'
        ? { points: -2, why: 'Nearly all polls find nothing.', figure: 'idle' }
        : undefined,
    many: ({ delivery }) =>
      delivery.is === 'held'
        ? { points: -2, why: headersEach, figure: 'often' }
        : undefined,
  },

  path: {
    own: ({ proxies }) => ({
      points: proxies.is === 'no-proxy' ? -2 : 0,
      why: proxies.because,
    }),
    unknown: ({ proxies }) => {
      const points = {
        nothing: 2,
        patience: 1,
        upgrade: -2,
        'no-buffer': -4,
        udp: -4,
        'no-proxy': 'out',
      } as const
      return { points: points[proxies.is], why: proxies.because }
    },
    short: ({ delivery }) =>
      delivery.is === 'poll'
        ? { points: 2, why: 'Every answer ends at once.' }
        : {
            points: delivery.is === 'held' ? -4 : -5,
            why: 'It stays open, and is ended and resumed every few seconds.',
          },
  },

  tabs: {
    few: ({ tabs }) =>
      tabs.is === 'stream'
        ? {
            points: -1,
            why: 'It shares one connection among many streams, by which few tabs gain nothing.',
          }
        : undefined,
    http1: ({ tabs, http }) => {
      if (!http.is.includes('1.1')) return { points: 'out', why: http.because }
      const points = { none: 1, own: 1, one: -4, stream: -1 }[tabs.is]
      return { points, why: points === -1 ? http.because : tabs.because }
    },
    http2: ({ tabs, http }) =>
      tabs.is === 'one' && http.is.includes('2')
        ? {
            points: 0,
            why: 'Over HTTP/2 tabs share a connection, and the limit is its streams: usually a hundred or more, and not six.',
          }
        : { points: tabs.is === 'stream' ? 1 : 0, why: tabs.because },
  },

  closed: {
    no: ({ closedPage }) =>
      closedPage.is
        ? {
            points: -8,
            why: 'People have to allow it, and a vendor stands between: to a page that is open, a stream is simpler.',
          }
        : undefined,
    yes: ({ closedPage }) => ({
      points: closedPage.is ? 10 : -1,
      why: closedPage.because,
    }),
  },
}

/** Counts whatever is answered. */
export const always: Rule = ({ status }) => {
  const points = { current: 0, draft: -2, ending: -4 }[status.is]
  return points < 0 ? { points, why: status.because } : undefined
}
