// One reader who takes a message every few milliseconds, of a feed that has
// more: what it gets, and what the server holds for it meanwhile.

import type { Socket } from 'node:net'

import { parseCursor } from '../../cursor.ts'
import { Feed } from '../../feed.ts'
import type { Lesson, LessonServer } from '../../lesson.ts'
import { connectionsOf } from '../../shared/connections.ts'
import { every } from '../../shared/every.ts'
import { sleep } from '../../shared/sleep.ts'
import { startServer } from '../../start.ts'
import { inFront } from '../in-front.ts'
import { type Policy, withPolicy } from './policies.ts'

export interface SlowReaderOptions {
  readonly lesson: Lesson
  /** Absent: the server does not ask whether a connection has room. */
  readonly policy?: Policy
  readonly messages: number
  readonly bytes: number
  /** From one message to the next. */
  readonly publishEveryMs: number
  readonly readEveryMs: number
  /** How many messages the feed keeps, for all its readers. */
  readonly history: number
  readonly signal?: AbortSignal
}

export interface Seen {
  /** How many messages the reader had yet to read: four times a second, while there were any. */
  readonly behind: readonly number[]
  /** The most that the server held for this one connection. */
  readonly heldBytes: number
  readonly read: number
  /** Messages that the reader was told it has lost. */
  readonly lost: number
  readonly connections: number
  /** After the last message was published, until the reader had it. */
  readonly lateMs: number
}

export async function readSlowly(options: SlowReaderOptions): Promise<Seen> {
  const { lesson, policy, history, readEveryMs, signal } = options
  const over = new AbortController()
  const end = () => over.abort()
  signal?.addEventListener('abort', end)
  const feed = new Feed({ maxMessages: history })
  const serve: Lesson['serve'] = (feed, settings) =>
    policy === undefined
      ? heedless(lesson.serve(feed, settings))
      : lesson.serve(withPolicy(feed, policy), settings)
  const started = await startServer({ ...lesson, serve }, { feed, retryMs: 50 })
  const sockets = connectionsOf(started.server)
  try {
    let connections = 0
    let lost = 0
    let read = 0
    let last = feed.present
    let heldBytes = 0
    const behind: number[] = []
    const subscription = lesson.subscribe(started.url, {
      signal: over.signal,
      retryMs: 50,
      onState: ({ is }) => {
        if (is === 'open') connections++
      },
      onGap: (gap) => {
        lost += gap.lost ?? 0
      },
    })
    const look = () => {
      heldBytes = Math.max(heldBytes, heldFor(sockets))
    }
    const publishing = publish(feed, options, look, over.signal)
    every(250, over.signal, () => {
      const left = positionOf(feed.present) - positionOf(last)
      if (left > 0) behind.push(left)
    })
    for await (const { id } of subscription) {
      read++
      last = id
      if (positionOf(id) === options.messages) break
      await sleep(readEveryMs, over.signal)
    }
    const lateMs = performance.now() - (await publishing)
    return { behind, heldBytes, read, lost, connections, lateMs }
  } finally {
    end()
    signal?.removeEventListener('abort', end)
    await started.close()
  }
}

/** What everybody writes first: `write` says that there is no room, and nobody hears it. */
function heedless(server: LessonServer): LessonServer {
  return inFront(server, (_, response) => {
    const write = response.write.bind(response) as (chunk: unknown) => boolean
    response.write = (chunk: unknown) => write(chunk) || true
  })
}

/** Begins once somebody is there. Resolves with the time of the last message. */
async function publish(
  feed: Feed,
  { messages, bytes, publishEveryMs }: SlowReaderOptions,
  onPublished: () => void,
  signal: AbortSignal,
): Promise<number> {
  while (feed.followerCount === 0 && !signal.aborted) await sleep(2, signal)
  const data = '.'.repeat(bytes)
  const startMs = performance.now()
  for (let n = 0; n < messages && !signal.aborted; n++) {
    // By the clock: a timer that comes late does not slow down the feed.
    await sleep(startMs + n * publishEveryMs - performance.now(), signal)
    feed.publish(data)
    onPublished()
  }
  return performance.now()
}

/** The system's own buffers hold more: a few MB on this machine, the same for all. */
function heldFor(sockets: ReadonlySet<Socket>): number {
  let bytes = 0
  for (const { writableLength } of sockets) bytes += writableLength
  return bytes
}

function positionOf(cursor: string): number {
  return parseCursor(cursor)?.position ?? 0
}
