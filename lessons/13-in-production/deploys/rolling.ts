// A rolling restart: one node after the other, while messages are published, and
// everybody counts what they get.

import { setMaxListeners } from 'node:events'

import { parseCursor } from '../../cursor.ts'
import { Feed } from '../../feed.ts'
import type { Lesson } from '../../lesson.ts'
import { every } from '../../shared/every.ts'
import { sleep } from '../../shared/sleep.ts'
import { type StartedServer, startServer } from '../../start.ts'
import { type Node, startBalancer } from './balancer.ts'

export interface RollingOptions {
  readonly lesson: Lesson
  readonly subscribers: number
  readonly publishEveryMs: number
  /** Over how long a node ends its subscriptions. */
  readonly drainMs: number
  /** What clients are told to wait before they come back. */
  readonly retryMs: number
  /** Between two steps of the deploy. */
  readonly pauseMs: number
  readonly signal?: AbortSignal
}

export interface Rolled {
  readonly published: number
  /** Over all subscribers. */
  readonly lost: number
  readonly twice: number
  readonly gaps: number
  /** How many came back, and the most of them within a tenth of a second. */
  readonly cameBack: number
  readonly peak: number
  /** Connections of the first and the second node, four times a second. */
  readonly moments: readonly (readonly [number, number])[]
}

export async function roll(options: RollingOptions): Promise<Rolled> {
  const { lesson, subscribers, drainMs, retryMs, pauseMs, signal } = options
  const over = new AbortController()
  setMaxListeners(0, over.signal) // Every subscriber listens to it.
  const end = () => over.abort()
  signal?.addEventListener('abort', end)

  // Both nodes carry one feed, as with the Redis of lesson 12.
  const feed = new Feed()
  const startNode = async () => {
    const server = await startServer(lesson, { feed, drainMs, retryMs })
    return { server, node: { url: server.url, isReady: true } }
  }
  const running = [await startNode(), await startNode()]
  const nodes = running.map(({ node }) => node)
  const { protocol } = nodes[0]?.url ?? { protocol: 'http:' }
  await using balancer = await startBalancer(nodes, protocol)
  const crowd = new Crowd(feed)
  const { ca } = running[0]?.server ?? {}
  const all = Array.from({ length: subscribers }, () =>
    crowd.follow(
      lesson.subscribe(balancer.url, {
        ca,
        retryMs,
        signal: over.signal,
        onGap: () => crowd.gaps++,
        onState: ({ is }) => is === 'open' && crowd.opens.push(Date.now()),
      }),
    ),
  )
  // A server has a subscriber before the client knows: without both, some of
  // the first connections would count as come back.
  const here = () => Math.min(feed.followerCount, crowd.opens.length)
  while (here() < subscribers && !over.signal.aborted)
    await sleep(5, over.signal)
  const first = crowd.opens.length

  let published = 0
  const publishing = new AbortController()
  every(options.publishEveryMs, publishing.signal, () => {
    feed.publish(`${published++}`)
  })
  const moments: [number, number][] = []
  every(250, over.signal, () => {
    const [a, b] = nodes.map((node) => balancer.count(node))
    moments.push([a ?? 0, b ?? 0])
  })
  await sleep(pauseMs, over.signal)
  for (const [n, { server, node }] of running.entries()) {
    await restart(server, node, async () => {
      const next = await startNode()
      nodes[n] = next.node
      running[n] = next
    })
    await sleep(pauseMs, over.signal)
  }

  publishing.abort()
  const last = await feed.publish('the last one')
  await crowd.allHave(last.id, subscribers, over.signal)
  end()
  signal?.removeEventListener('abort', end)
  await Promise.all(all)
  await Promise.all(running.map(({ server }) => server.close()))
  const { lost, twice, gaps } = crowd
  const back = crowd.opens.slice(first)
  return {
    published: published + 1,
    lost,
    twice,
    gaps,
    cameBack: back.length,
    peak: mostWithin(100, back),
    moments,
  }
}

// #region restart
/** Nobody new, then everybody away, then again. */
async function restart(
  server: StartedServer,
  node: Node,
  startAgain: () => Promise<void>,
): Promise<void> {
  node.isReady = false
  // A balancer that asks for readiness now and then has to be given that time.
  await server.close()
  await startAgain()
}
// #endregion restart

/** Counts what its members get. */
class Crowd {
  lost = 0
  twice = 0
  gaps = 0
  /** When a connection opened. */
  readonly opens: number[] = []
  readonly #feed: Feed
  readonly #last = new Map<object, number>()

  constructor(feed: Feed) {
    this.#feed = feed
  }

  async follow(messages: AsyncIterable<{ readonly id: string }>) {
    let last = positionOf(this.#feed.present)
    for await (const { id } of messages) {
      const position = positionOf(id)
      if (position <= last) this.twice++
      else this.lost += position - last - 1
      last = position
      this.#last.set(messages, last)
    }
  }

  async allHave(id: string, count: number, signal: AbortSignal) {
    const wanted = positionOf(id)
    const done = () =>
      [...this.#last.values()].filter((last) => last === wanted).length
    while (done() < count && !signal.aborted) await sleep(5, signal)
  }
}

/** The most of these times that lie within `ms`. */
function mostWithin(ms: number, times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b)
  let start = 0
  let most = 0
  for (const [n, time] of sorted.entries()) {
    while (time - (sorted[start] ?? time) >= ms) start++
    most = Math.max(most, n - start + 1)
  }
  return most
}

function positionOf(cursor: string): number {
  return parseCursor(cursor)?.position ?? 0
}
