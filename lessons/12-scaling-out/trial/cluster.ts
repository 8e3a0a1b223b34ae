// Redis and the nodes around it, all of them processes of this machine.

import { RedisServer } from '../redis-server.ts'
import { ClusterNode } from './cluster-node.ts'

export interface ClusterOptions {
  readonly nodes: number
  readonly heartbeatMs: number
  /** Somebody else's Redis. Absent: one of its own, which keeps everything; `none` leaves each node on its own. */
  readonly redis?: URL | 'none'
  /** The key of the stream there. */
  readonly stream?: string
}

export class Cluster implements AsyncDisposable {
  readonly nodes: readonly ClusterNode[]
  /** Its own: what is somebody else's is left alone. */
  readonly redis: RedisServer | undefined

  private constructor(
    nodes: readonly ClusterNode[],
    redis: RedisServer | undefined,
  ) {
    this.nodes = nodes
    this.redis = redis
  }

  /** @throws Error with a sentence when there is no Redis to use */
  static async start({
    nodes,
    heartbeatMs,
    redis,
    stream,
  }: ClusterOptions): Promise<Cluster> {
    const own = redis ? undefined : await RedisServer.start('everything')
    const url = redis === 'none' ? undefined : (redis ?? own?.url)
    const settings = { heartbeatMs, redis: url?.href, stream }
    const starts = await Promise.allSettled(
      Array.from({ length: nodes }, () => ClusterNode.start(settings)),
    )
    const running = starts.flatMap((one) =>
      one.status === 'fulfilled' ? [one.value] : [],
    )
    const cluster = new Cluster(running, own)
    const failed = starts.find(({ status }) => status === 'rejected')
    if (failed?.status !== 'rejected') return cluster
    await cluster.close()
    throw failed.reason
  }

  get urls(): URL[] {
    return this.nodes.map(({ url }) => url)
  }

  async close(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.close()))
    await this.redis?.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}
