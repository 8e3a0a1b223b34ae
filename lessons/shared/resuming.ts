// What every client does around its transport: connect, notice a gap,
// reconnect after a growing delay, and go on after the last message received.
// Runs in Node and in browsers.

import { parseCursor } from '../cursor.ts'
import type { Message } from '../feed.ts'
import {
  type Gap,
  GapError,
  SubscribeError,
  type SubscribeOptions,
  type Subscription,
} from '../lesson.ts'
import { Backoff } from './backoff.ts'
import { ConnectionError } from './connection-error.ts'
import { sleep } from './sleep.ts'

/**
 * One thing that arrived. With `data` it is a message. Without, its `id` is the
 * position at which the server goes on: every connection opens with one.
 */
export interface Arrival {
  id?: string
  data?: string
  /** How long the server wants clients to wait before they reconnect. */
  retryMs?: number
}

/**
 * Opens one connection that goes on after the cursor, and yields what arrives.
 *
 * @throws ConnectionError when it fails or breaks
 * @throws SubscribeError when the server refuses
 */
export type Connect = (after: string | undefined) => AsyncIterable<Arrival>

/** A subscription that outlives its connections. */
export function resuming(
  connect: Connect,
  publish: (data: string) => Promise<void>,
  options: SubscribeOptions,
): Subscription {
  return Object.assign(reconnect(connect, options), { publish })
}

async function* reconnect(
  connect: Connect,
  options: SubscribeOptions,
): AsyncGenerator<Message, void, undefined> {
  const { signal, onState = () => {}, onGap = giveUp } = options
  const backoff = new Backoff(options.retryMs)
  let { after } = options
  let startsOver = false

  while (!signal?.aborted) {
    let why = 'the server ended the connection'
    let atLeastMs = 0
    let open = false
    try {
      onState({ is: 'connecting' })
      for await (const arrival of connect(after)) {
        const { id = after, data, retryMs } = arrival
        if (!open) onState({ is: 'open' })
        open = true
        startsOver = false
        if (retryMs !== undefined) backoff.baseMs = retryMs

        const gap = findGap(after, id, data !== undefined)
        if (gap) onGap(gap)
        after = id
        if (data === undefined || id === undefined) continue
        // Only a message is progress: a server that accepts and breaks off
        // again and again must not be asked ever faster.
        backoff.reset()
        yield { id, data }
      }
    } catch (error) {
      if (signal?.aborted) return
      if (error instanceof SubscribeError) {
        const { feedStart } = error
        if (feedStart && after !== undefined && feedStart !== after) {
          onGap({ after, resumedAt: feedStart, lost: undefined })
          after = feedStart
          // The server has told where to go on: nothing to wait for, unless two
          // servers behind one name send the client back and forth.
          startsOver = !startsOver
          if (startsOver) continue
        } else if (!isTemporary(error.status)) throw error
        atLeastMs = error.retryAfterMs ?? 0
      } else if (!(error instanceof ConnectionError)) throw error
      why = error.message
    }
    if (signal?.aborted) return
    const delayMs = Math.max(backoff.next(), atLeastMs)
    onState({ is: 'waiting', delayMs, why })
    await sleep(delayMs, signal)
  }
}

/**
 * Ids of a feed are consecutive, so every loss shows as a jump: from the last
 * message to the next one, or to the position at which the server goes on.
 */
function findGap(
  after: string | undefined,
  id: string | undefined,
  isMessage: boolean,
): Gap | undefined {
  if (after === undefined || id === undefined) return undefined
  const last = parseCursor(after)
  const next = parseCursor(id)
  if (last === undefined || next === undefined) return undefined
  const position = isMessage ? next.position - 1 : next.position
  const resumedAt = `${next.feed}-${position}`
  if (last.feed !== next.feed) return { after, resumedAt, lost: undefined }
  const lost = position - last.position
  return lost > 0 ? { after, resumedAt, lost } : undefined
}

function giveUp(gap: Gap): never {
  throw new GapError(gap)
}

/** Whether asking again later may help: RFC 9110 sections 15.5.9 and 15.6, RFC 6585 section 4, RFC 8470 section 5.2. */
function isTemporary(status: number): boolean {
  return status >= 500 || [408, 425, 429].includes(status)
}
