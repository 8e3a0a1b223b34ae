// One transport in the race: what has arrived, how late, and what has not.

import type { ConnectionState, Gap } from '../../../lessons/lesson.ts'
import { describeMs, medianOf } from './lateness.ts'

/** Of how many messages the figure is the median. */
export const medianSpan = 20

/** How many arrivals are in sight. */
const shownArrivals = 8

/** A transport that takes part. */
export interface Entrant {
  readonly number: number
  /** Such as `04-server-sent-events`. */
  readonly folder: string
  readonly title: string
  readonly secure: boolean
  /** Its server, where it is live. */
  readonly url?: string
}

/** A message that has arrived. */
export interface Arrival {
  /** Of the message: 1 for the feed's first. */
  readonly n: number
  readonly lateMs: number
  /** What somebody published. */
  readonly text?: string
}

export interface Runner extends Entrant {
  state: ConnectionState['is'] | 'idle' | 'ended'
  /** Why it waits, or is over. */
  why: string
  paused: boolean
  received: number
  /** Messages that came after a later one, or never. */
  lost: number
  doubled: number
  /** The servers were started anew since, and it counts from there. */
  anew: boolean
  /** The newest last. */
  arrivals: Arrival[]
  /** The last that somebody published. */
  said: Arrival | undefined
  /** Of the last messages. */
  latenesses: number[]
  last: number | undefined
}

export function runnerOf(entrant: Entrant): Runner {
  const { number, folder, title, secure, url } = entrant
  return {
    number,
    folder,
    title,
    secure,
    url,
    state: 'idle',
    why: '',
    paused: false,
    received: 0,
    lost: 0,
    doubled: 0,
    anew: false,
    arrivals: [],
    said: undefined,
    latenesses: [],
    last: undefined,
  }
}

/** The feed numbers its messages without gaps, so a loss shows as a jump. */
export function arrive(runner: Runner, { n, lateMs, text }: Arrival): void {
  const arrival = text === undefined ? { n, lateMs } : { n, lateMs, text }
  const { last = n - 1 } = runner
  if (n <= last) {
    runner.doubled++
    return
  }
  runner.lost += n - last - 1
  runner.last = n
  runner.received++
  runner.arrivals = [...runner.arrivals, arrival].slice(-shownArrivals)
  runner.latenesses = [...runner.latenesses, lateMs].slice(-medianSpan)
  if (text !== undefined) runner.said = arrival
}

/**
 * Messages are lost for good. How many of its feed, the next number shows; a
 * new feed begins to number again, and what is lost of the old one nobody knows.
 */
export function miss(runner: Runner, { lost }: Gap): void {
  if (lost !== undefined) return
  const counts = { received: 0, lost: 0, doubled: 0, last: undefined }
  Object.assign(runner, counts, { anew: true })
}

/** Of the last messages, in ms; undefined before the first. */
export function medianMs({ latenesses }: Runner): number | undefined {
  return medianOf(latenesses)
}

export function describeCount(runner: Runner): string {
  const { received, lost, doubled, anew } = runner
  if (received === 0) return 'nothing yet'
  const all = `${received} received${anew ? ' since the restart' : ''}`
  const wrong = [
    lost > 0 ? `${lost} lost` : '',
    doubled > 0 ? `${doubled} twice` : '',
  ].filter(Boolean)
  return wrong.length === 0 ? `${all}, none lost` : [all, ...wrong].join(', ')
}

const states: Readonly<Record<Runner['state'], string>> = {
  idle: 'Not connected',
  connecting: 'Connecting',
  open: 'Open',
  waiting: 'Waiting to reconnect',
  ended: 'Ended',
}

/** The state of its connection, in words. */
export function describeRunner({ state, why, paused }: Runner): string {
  if (paused) return 'Paused: nobody reads, and what comes waits'
  return why === '' ? states[state] : `${states[state]}: ${why}`
}

/** What somebody published and how late it came; empty before the first. */
export function describeSaid({ said }: Runner): string {
  if (said === undefined) return ''
  return `“${said.text}” came after ${describeMs(said.lateMs)}`
}
