// A subscriber that reads all the time, and keeps what it got.

import assert from 'node:assert/strict'

import type { Message } from '../feed.ts'
import type { Gap, SubscribeOptions } from '../lesson.ts'
import type { Link } from './link.ts'
import type { Rig } from './rig.ts'
import { rejectionOf, until } from './until.ts'

export interface Expectation {
  /** How many of the messages to wait for: all, if absent. */
  count?: number
  /** In what situation, to be told when they do not come. */
  when?: string
}

export interface Reader {
  readonly messages: Message[]
  readonly gaps: Gap[]
  /** The delays that it announced before each new attempt. */
  readonly delaysMs: number[]
  /** How many connections opened. */
  readonly opened: number
  /** Waits for messages with these data, no others before or after them. */
  receives(texts: readonly string[], expected?: Expectation): Promise<void>
  /** Waits until a connection is open. */
  isOpen(): Promise<void>
  /** Publishes. Resolves with the error if that fails. */
  publish(data: string): Promise<unknown>
  /** Waits for the error that ends the subscription. Resolves with undefined when it goes on without. */
  error(): Promise<unknown>
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
  rig.over.addEventListener('abort', stop)

  const messages: Message[] = []
  const gaps: Gap[] = []
  const delaysMs: number[] = []
  let opened = 0
  let why = 'there was none'
  let end: { error?: unknown } | undefined
  const subscription = rig.subscribe(
    {
      onGap: (gap) => gaps.push(gap),
      ...options,
      signal: leaving.signal,
      onState(state) {
        if (state.is === 'open') opened++
        if (state.is !== 'waiting') return
        delaysMs.push(state.delayMs)
        why = state.why
      },
    },
    through,
  )
  const readAll = async () => {
    try {
      for await (const message of subscription) messages.push(message)
      end = {}
    } catch (error) {
      end = { error }
    }
  }
  readAll()

  const wait = (fact: () => boolean, what: () => string) =>
    until(
      () => {
        if (fact()) return true
        if (end && !leaving.signal.aborted)
          assert.fail(
            `A subscription must go on until its signal aborts; this one ended with ${end.error ?? 'no error'}.`,
          )
        return false
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
    async receives(texts, { count = texts.length, when = '' } = {}) {
      let compared = 0
      await wait(
        () => {
          for (const { data } of messages.slice(compared))
            compare(data, texts[compared], ++compared)
          return compared >= count
        },
        () => `${name(compared + 1, texts[compared])} ${when}`.trim(),
      )
    },
    isOpen: () =>
      wait(
        () => opened > 0,
        () => `an open connection; why the last one ended: ${why}`,
      ),
    publish: (data) =>
      rejectionOf(
        subscription.publish(data),
        signal,
        `the server to take ${short(data)} from a client`,
      ),
    async error() {
      await until(
        () => end !== undefined || messages.length > 0 || delaysMs.length > 0,
        signal,
        'the subscription to end with an error',
      )
      return end?.error
    },
    async leave() {
      stop()
      await until(
        () => end !== undefined,
        signal,
        'a subscription to end when its signal aborts',
      )
      signal.removeEventListener('abort', stop)
      rig.over.removeEventListener('abort', stop)
    },
  }
}

function compare(got: string, expected: string | undefined, n: number): void {
  assert.ok(
    got === expected,
    expected === undefined
      ? `There are ${n - 1} messages; ${name(n, got)} came as well.`
      : `${name(n, expected)}, must be next, got ${short(got)}.`,
  )
}

function name(n: number, data = ''): string {
  return `message ${n}, ${short(data)}`
}

/** A text as JSON that fits a line. */
export function short(text: string): string {
  const start = JSON.stringify(text.slice(0, 60))
  return text.length > 60 ? `${start}… (${text.length} characters)` : start
}
