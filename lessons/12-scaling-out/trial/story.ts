// The trial that `npm run lesson 12` shows: one fault after the other, and after
// each of them the account.

import { setTimeout as pause } from 'node:timers/promises'

import { Cluster } from './cluster.ts'
import { type Account, Crowd } from './crowd.ts'
import { type FaultKind, faultKinds } from './faults.ts'
import { startFront } from './front.ts'
import { heartbeatMs } from './trial.ts'

export interface StoryOptions {
  readonly nodes: number
  readonly subscribers: number
  readonly ratePerS: number
  /** Somebody else's Redis, which is left alone; `none`: each node has a feed of its own. */
  readonly redis?: URL | 'none'
  /** The key of the stream there. */
  readonly stream?: string
  /** An nginx stands before the nodes, and its address is the only one that anybody knows. */
  readonly nginx?: boolean
  readonly signal: AbortSignal
  /** Takes who has something to tell, and what. */
  readonly tell: (who: string, line: string) => void
}

interface Chapter {
  readonly kind: FaultKind
  readonly node: number
  readonly forMs: number
}

/** After all others the nodes go on without a gap. What is lost here is lost for good, and told. */
const lostData: FaultKind = {
  id: 'redis-loss',
  text: () => 'Redis is killed, and loses its data',
  hits: 'redis',
  begin: ({ redis }) => redis?.kill(),
  end: ({ redis }) => redis?.startAgain('without its data'),
}

const calmMs = 1_500
/** Until everybody has everything; with a feed for each node, nobody ever has. */
const settleMs = { shared: 30_000, own: 1_000 }

/** What goes wrong, in this order, where it can. */
function chaptersOf({ redis }: StoryOptions): Chapter[] {
  const kind = (id: string) => faultKinds.find((one) => one.id === id)
  const chapters = [
    { kind: kind('node-kill'), node: 0, forMs: 1_500 },
    { kind: kind('node-pause'), node: 1, forMs: 3_000 },
    { kind: kind('node-cut-off'), node: 0, forMs: 2_000 },
    { kind: kind('redis-restart'), node: 0, forMs: 500 },
    { kind: kind('redis-pause'), node: 0, forMs: 5_000 },
    { kind: lostData, node: 0, forMs: 500 },
  ]
  return chapters.flatMap(({ kind, ...rest }) => {
    if (kind === undefined) return []
    const isHere =
      kind.hits === 'redis'
        ? redis === undefined
        : redis !== 'none' || kind.id === 'node-kill'
    return isHere ? [{ kind, ...rest }] : []
  })
}

/** @throws the reason of `signal` when that aborts */
export async function tellStory(options: StoryOptions): Promise<Account> {
  const { nodes, subscribers, ratePerS, redis, stream, signal, tell } = options
  await using cluster = await Cluster.start({
    nodes,
    heartbeatMs,
    redis,
    stream,
  })
  if (cluster.redis) tell('redis', `${cluster.redis.url} (ends with this)`)
  for (const [index, { url, pid }] of cluster.nodes.entries())
    tell(`node ${index + 1}`, `${url} (process ${pid})`)
  await using front = options.nginx ? await startFront(cluster.urls) : undefined
  if (front) tell('nginx', `${front.url}, before all of them`)
  const crowd = new Crowd({
    subscribers,
    urls: front ? [front.url] : cluster.urls,
    after: cluster.nodes.map(({ present }) => present),
    ratePerS,
    heartbeatMs,
  })
  tell(
    'crowd',
    `${subscribers} subscribers begin at ${front ? 'nginx' : 'the nodes by turns'}; ${ratePerS} messages a second, at ${front ? 'nginx as well' : 'each node in turn'}`,
  )
  try {
    let before = crowd.account
    const sum = async () => {
      await crowd.pause()
      await crowd.allHaveTheLast(
        redis === 'none' ? settleMs.own : settleMs.shared,
      )
      tell('crowd', describe(crowd.account, before, subscribers))
      before = crowd.account
      crowd.begin()
    }
    crowd.begin()
    await pause(calmMs, undefined, { signal })
    await sum()
    for (const { kind, node, forMs } of chaptersOf(options)) {
      tell('fault', kind.text(`node ${node + 1}`))
      await kind.begin(cluster, node)
      await pause(forMs, undefined, { signal })
      await kind.end(cluster, node)
      tell('fault', `over after ${forMs / 1_000} s`)
      await pause(calmMs, undefined, { signal })
      await sum()
    }
    return crowd.account
  } finally {
    await crowd.close()
  }
}

/** What has come since. */
function describe(now: Account, before: Account, subscribers: number): string {
  const since = (what: keyof Account) => now[what] - before[what]
  const parts = [
    `${since('published')} published`,
    `${since('lost')} lost`,
    `${since('twice')} twice`,
  ]
  if (since('refused')) parts.push(`${since('refused')} refused`)
  if (since('unanswered'))
    parts.push(`${since('unanswered')} without an answer`)
  if (since('gaps'))
    parts.push(`${since('gaps')} of ${subscribers} told of a gap`)
  if (since('moves')) parts.push(`${since('moves')} attempts elsewhere`)
  return parts.join(', ')
}
