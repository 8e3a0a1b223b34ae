// A trial: subscribers at two nodes, messages all the time, and faults as a seed
// has them.

import { sleep } from '../../shared/sleep.ts'
import { Cluster } from './cluster.ts'
import { type Account, Crowd } from './crowd.ts'
import { type Fault, scheduleOf } from './faults.ts'

export interface TrialOptions {
  /** The same seed plays the same faults. */
  readonly seed: number
  readonly subscribers: number
  readonly ratePerS: number
  readonly nodes?: number
  readonly signal?: AbortSignal
  /** Told what goes wrong, and when it is over. */
  readonly onFault?: (id: string, isOver: boolean) => void
}

/** A client notices a node that stands still after two of them. */
export const heartbeatMs = 500

/** How long it may take after the last fault until everybody has everything. */
const settleMs = 60_000

/** @throws Error when a subscriber has still not got what was published last */
export async function runTrial({
  seed,
  subscribers,
  ratePerS,
  nodes = 2,
  signal,
  onFault = () => {},
}: TrialOptions): Promise<Account> {
  const { faults } = scheduleOf(seed, nodes)
  await using cluster = await Cluster.start({ nodes, heartbeatMs })
  const crowd = new Crowd({
    subscribers,
    urls: cluster.urls,
    after: cluster.nodes.map(({ present }) => present),
    ratePerS,
    heartbeatMs,
  })
  try {
    if (!(await crowd.allHaveTheLast(settleMs)))
      throw new Error('Not all subscribers have begun.')
    crowd.begin()
    const startMs = performance.now()
    const play = async ({ kind, node, atMs, forMs }: Fault) => {
      await sleep(startMs + atMs - performance.now(), signal)
      if (signal?.aborted) return
      onFault(kind.id, false)
      await kind.begin(cluster, node)
      await sleep(forMs, signal)
      await kind.end(cluster, node)
      onFault(kind.id, true)
    }
    // On a busy machine a node may still start when its next fault is due.
    const inTurn = async (hit: readonly Fault[]) => {
      for (const fault of hit) await play(fault)
    }
    await Promise.all(byTarget(faults).map(inTurn))
    await crowd.pause()
    signal?.throwIfAborted()
    if (!(await crowd.allHaveTheLast(settleMs)))
      throw new Error(
        `Seed ${seed}: some subscribers wait for the last message in vain: ${JSON.stringify(crowd.account)}`,
      )
    return crowd.account
  } finally {
    await crowd.close()
  }
}

/** Of each node, and of Redis, one after the other. */
function byTarget(faults: readonly Fault[]): Fault[][] {
  const targets = new Map<string, Fault[]>()
  for (const fault of faults) {
    const { hits } = fault.kind
    const target = hits === 'node' ? `node ${fault.node}` : hits
    targets.set(target, [...(targets.get(target) ?? []), fault])
  }
  return [...targets.values()]
}
