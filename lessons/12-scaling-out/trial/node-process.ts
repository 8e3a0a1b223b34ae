// The process of a node: a server of lesson 04 with the feed that all nodes
// share, or with one of its own where there is no Redis.

import lesson from '../../04-server-sent-events/index.ts'
import { Feed } from '../../feed.ts'
import { sleep } from '../../shared/sleep.ts'
import { startServer } from '../../start.ts'
import { RedisFeed } from '../redis-feed.ts'

export interface NodeSettings {
  /** The address of Redis. Absent: the node has a feed of its own. */
  readonly redis?: string
  readonly stream?: string
  /** 0 takes a free one. */
  readonly port: number
  readonly heartbeatMs: number
}

/** What it says when it can be reached. */
export interface NodeReady {
  readonly url: string
  /** Where the feed is. */
  readonly present: string
}

const againMs = 100

const settings: NodeSettings = JSON.parse(process.argv[2] ?? '')
process.on('disconnect', () => process.exit())
// Ctrl-C reaches every process of a terminal: when to end, the parent says.
process.on('SIGINT', () => {})

const { port, heartbeatMs } = settings
const feed = await openFeed(settings)
const { url } = await startServer(lesson, { feed, port, heartbeatMs })
const ready: NodeReady = { url: url.href, present: feed.present }
process.send?.(ready)

/** Without Redis no node can begin: it tries until there is one. */
async function openFeed({ redis, stream }: NodeSettings): Promise<Feed> {
  if (redis === undefined) return new Feed()
  for (;;) {
    const opened = await RedisFeed.open(new URL(redis), { stream }).catch(
      (error: Error) => error,
    )
    if (opened instanceof Feed) return opened
    if (opened instanceof TypeError) throw opened
    await sleep(againMs)
  }
}
