// A subscription that carries nothing for longer than a middlebox remembers it,
// and then one message.

import { Feed } from '../../feed.ts'
import type { ConnectionState, Lesson } from '../../lesson.ts'
import { connectionsOf } from '../../shared/connections.ts'
import { sleep } from '../../shared/sleep.ts'
import { startServer } from '../../start.ts'
import { startMiddlebox } from './middlebox.ts'

export interface IdleOptions {
  readonly lesson: Lesson
  /** Of the server, and what the client expects. */
  readonly heartbeatMs: number
  readonly forgetsAfterMs: number
  readonly resets?: boolean
  /** How long nothing is published. */
  readonly idleMs: number
  /** How long to wait for the message after that. */
  readonly patienceMs: number
  readonly signal?: AbortSignal
}

export interface Idle {
  /** How long the message took, that was published when the time was over; undefined when it never came. */
  readonly tookMs: number | undefined
  /** How many messages were lost for good, as the client knows. */
  readonly lost: number
  /** Connections that the middlebox forgot. */
  readonly forgotten: number
  /** What the client believed then. */
  readonly state: ConnectionState['is']
  /** Connections that the server believed in then. */
  readonly believed: number
  /** Those of them that were open to the other end. */
  readonly open: number
}

export async function stayIdle(options: IdleOptions): Promise<Idle> {
  const { lesson, heartbeatMs, forgetsAfterMs, idleMs, signal } = options
  const over = new AbortController()
  const end = () => over.abort()
  signal?.addEventListener('abort', end)
  const feed = new Feed()
  await using started = await startServer(lesson, {
    feed,
    heartbeatMs,
    retryMs: 20,
  })
  const sockets = connectionsOf(started.server)
  await using middlebox = await startMiddlebox({
    to: started.url,
    forgetsAfterMs,
    resets: options.resets,
  })
  const got = new Map<string, number>()
  let state: ConnectionState['is'] = 'connecting'
  let lost = 0
  const subscription = lesson.subscribe(middlebox.url, {
    signal: over.signal,
    heartbeatMs,
    retryMs: 20,
    onState: ({ is }) => {
      state = is
    },
    onGap: (gap) => {
      lost += gap.lost ?? 0
    },
  })
  const reading = (async () => {
    for await (const { data } of subscription) got.set(data, performance.now())
  })()

  /** @returns when it arrived; undefined when it did not */
  const arrives = async (data: string, limitMs: number) => {
    const lateMs = performance.now() + limitMs
    while (!got.has(data) && performance.now() < lateMs && !over.signal.aborted)
      await sleep(1, over.signal)
    return got.get(data)
  }
  try {
    while (feed.followerCount === 0 && !over.signal.aborted) await sleep(1)
    feed.publish('first')
    await arrives('first', options.patienceMs)
    await sleep(idleMs, over.signal)

    const sentMs = performance.now()
    feed.publish('after the silence')
    const cameMs = await arrives('after the silence', options.patienceMs)
    const { open, forgotten } = middlebox
    const tookMs = cameMs === undefined ? undefined : cameMs - sentMs
    return { tookMs, lost, forgotten, state, believed: sockets.size, open }
  } finally {
    end()
    signal?.removeEventListener('abort', end)
    await reading
  }
}
