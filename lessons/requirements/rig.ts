// What the checks stand on: a server, a link to it that can fail, and
// subscribers behind the link.

import assert from 'node:assert/strict'
import { setMaxListeners } from 'node:events'

import type { Message } from '../feed.ts'
import type { Gap, Lesson, SubscribeOptions, Subscription } from '../lesson.ts'
import { sleep } from '../shared/sleep.ts'
import { type StartedServer, type StartOptions, startServer } from '../start.ts'
import { Link } from './link.ts'

/** Short waits: a check should end soon, and has a deadline of its own. */
const quick = { retryMs: 2, intervalMs: 5 }

export interface Rig extends StartedServer {
  readonly link: Link
  /** A subscription through the rig's link, or through another one. */
  subscribe(options?: SubscribeOptions, through?: Link): Subscription
}

/** Starts the lesson's server with a link before it. `signal` ends every subscription. */
export async function setUp(
  lesson: Lesson,
  signal: AbortSignal,
  options: StartOptions = {},
): Promise<Rig> {
  setMaxListeners(0, signal) // Every subscriber of a check listens to it.
  const started = await startServer(lesson, { ...quick, ...options })
  const link = await Link.to(started.url)
  const close = async () => {
    await link.close()
    await started.close()
  }
  return {
    ...started,
    link,
    subscribe: (own, through = link) =>
      lesson.subscribe(through.url, {
        ...quick,
        heartbeatMs: options.heartbeatMs,
        ca: started.ca,
        signal,
        ...own,
      }),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** A subscriber that reads all the time, and keeps what it got. */
export interface Reader {
  readonly messages: Message[]
  readonly gaps: Gap[]
  /** The delays that it announced before each new attempt. */
  readonly delaysMs: number[]
  /** How many connections opened. */
  readonly opened: number
  /** The subscription, to publish on. */
  readonly subscription: Subscription
  /** Waits until `count` messages are here. */
  has(count: number): Promise<void>
  /** Waits until a connection is open. */
  isOpen(): Promise<void>
  /** Unsubscribes. */
  leave(): Promise<void>
}

export function read(
  rig: Rig,
  signal: AbortSignal,
  options: SubscribeOptions = {},
  through: Link = rig.link,
): Reader {
  const leaving = new AbortController()
  const stop = () => leaving.abort()
  signal.addEventListener('abort', stop)

  const messages: Message[] = []
  const gaps: Gap[] = []
  const delaysMs: number[] = []
  let opened = 0
  let failure: unknown
  const subscription = rig.subscribe(
    {
      onGap: (gap) => gaps.push(gap),
      ...options,
      signal: leaving.signal,
      onState(state) {
        if (state.is === 'open') opened++
        if (state.is === 'waiting') delaysMs.push(state.delayMs)
      },
    },
    through,
  )
  const done = (async () => {
    try {
      for await (const message of subscription) messages.push(message)
    } catch (error) {
      failure = error
    }
  })()

  const wait = (fact: () => boolean, what: string) =>
    until(
      () => {
        if (failure) throw failure
        return fact()
      },
      signal,
      what,
    )
  return {
    messages,
    gaps,
    delaysMs,
    get opened() {
      return opened
    },
    subscription,
    has: (count) => wait(() => messages.length >= count, `message ${count}`),
    isOpen: () => wait(() => opened > 0, 'an open connection'),
    async leave() {
      stop()
      signal.removeEventListener('abort', stop)
      await done
    },
  }
}

/**
 * Waits for a fact.
 *
 * @param what the fact as a noun, for the error when `signal` aborts first
 */
export async function until(
  fact: () => boolean | Promise<boolean>,
  signal: AbortSignal,
  what: string,
): Promise<void> {
  while (!(await fact())) {
    if (signal.aborted) assert.fail(`Waited in vain for ${what}.`)
    await sleep(2, signal)
  }
}

/** The error of a subscription, once it has ended with one. */
export async function failureOf(subscription: Subscription): Promise<unknown> {
  try {
    for await (const _ of subscription) break
  } catch (error) {
    return error
  }
  assert.fail('The subscription went on, and should have failed.')
}

/** The numbers from `first` to `last`. */
export function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

/** What messages hold, to compare in one go. */
export function dataOf(messages: readonly Message[]): string[] {
  return messages.map(({ data }) => data)
}
