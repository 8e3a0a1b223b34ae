// All clients of a server that has ended, and that is back a moment later.

import { setMaxListeners } from 'node:events'
import type http from 'node:http'

import serverSentEvents from '../../04-server-sent-events/index.ts'
import { Feed } from '../../feed.ts'
import type { LessonServer } from '../../lesson.ts'
import { Refusal } from '../../shared/refusal.ts'
import { sleep } from '../../shared/sleep.ts'
import { type ListeningServer, listen, startServer } from '../../start.ts'
import { inFront } from '../in-front.ts'
import { Crowd, type HalfSecond } from './crowd.ts'
import { Door } from './door.ts'
import type { Policy } from './policies.ts'

export interface StormOptions {
  readonly policy: Policy
  readonly clients: number
  /** What each new subscriber costs the server that has come back. */
  readonly costMs: number
  /** How long a client waits for its first event, before it gives up and tries again. */
  readonly patienceMs: number
  /** How long the server is away. */
  readonly awayMs: number
  /** It is over then, whoever is still outside. */
  readonly mostMs: number
  readonly random?: () => number
  readonly signal?: AbortSignal
}

export interface Storm {
  /** Since the server ended. */
  readonly halfSeconds: readonly HalfSecond[]
  readonly attempts: number
  /** Attempts that were given up: the server has looked them up for nobody. */
  readonly givenUp: number
  /** Attempts that the server has refused. */
  readonly refused: number
  /** When all were back; undefined when they never were. */
  readonly overAfterMs: number | undefined
}

export async function storm(options: StormOptions): Promise<Storm> {
  const { policy, clients, costMs, patienceMs, awayMs, mostMs } = options
  const { random = Math.random, signal } = options
  const over = new AbortController()
  setMaxListeners(0, over.signal) // Every client listens to it.
  const end = () => over.abort()
  signal?.addEventListener('abort', end)
  const feed = new Feed()
  const before = await startServer(serverSentEvents, { feed })
  const { url } = before
  const crowd = new Crowd(url, patienceMs)
  const client = async () => {
    for (let failures = 0; !over.signal.aborted; ) {
      const { wasIn, toldMs } = await crowd.attempt(over.signal)
      failures = wasIn ? 1 : failures + 1
      const delayMs = toldMs ?? policy.delayMs(failures, random())
      await sleep(delayMs, over.signal)
    }
  }
  const all = Array.from({ length: clients }, client)
  const isFull = () => crowd.subscribed === clients
  while (!isFull() && !over.signal.aborted) await sleep(10, over.signal)

  await endNow(before)
  const startMs = performance.now()
  const passedMs = () => performance.now() - startMs
  crowd.begin(over.signal)
  await sleep(awayMs, over.signal)
  const { heedsLeaving, tellsWhen } = policy
  const most = tellsWhen ? Math.floor(patienceMs / costMs / 2) : undefined
  const door = new Door({ costMs, most, heedsLeaving })
  const after = await listen(guarded(feed, door), Number(url.port), '127.0.0.1')

  while (!isFull() && passedMs() < mostMs && !over.signal.aborted)
    await sleep(5, over.signal)
  const overAfterMs = isFull() ? passedMs() : undefined
  end()
  await endNow(after)
  await Promise.all(all)
  signal?.removeEventListener('abort', end)
  const { halfSeconds, attempts, givenUp, refused } = crowd
  return { halfSeconds, attempts, givenUp, refused, overAfterMs }
}

/** The server of lesson 04, with somebody at its door. */
function guarded(feed: Feed, door: Door): LessonServer {
  return inFront(serverSentEvents.serve(feed), async (_, answer) => {
    // Who has given up has cost a turn.
    const comeBackS = await door.enter(() => !answer.destroyed)
    if (comeBackS !== undefined)
      throw new Refusal(503, 'Not now: too many come back at once.', {
        'retry-after': `${comeBackS}`,
      })
  })
}

/** As when its process is killed. */
async function endNow({ server, close }: ListeningServer): Promise<void> {
  const closed = close()
  const { closeAllConnections } = server as http.Server
  closeAllConnections.call(server)
  await closed
}
