// What goes wrong in a trial, and when: all of it follows from a seed, so that
// what was found once can be played again.

import { randomNumbers } from '../../requirements/random.ts'
import type { Cluster } from './cluster.ts'

/** Something that goes wrong, and is put right again. */
export interface FaultKind {
  readonly id: string
  /** What happens, such as `node 2 is killed`. */
  readonly text: (name: string) => string
  /** A node, or Redis: of each, one thing at a time goes wrong. */
  readonly hits: 'node' | 'redis'
  begin(cluster: Cluster, node: number): unknown
  end(cluster: Cluster, node: number): unknown
}

export interface Fault {
  readonly kind: FaultKind
  /** Its index; of a fault of Redis it means nothing. */
  readonly node: number
  readonly atMs: number
  readonly forMs: number
}

// #region kinds
export const faultKinds: readonly FaultKind[] = [
  {
    id: 'node-kill',
    text: (name) => `${name} is killed (SIGKILL)`,
    hits: 'node',
    begin: (cluster, node) => cluster.nodes[node]?.kill(),
    end: (cluster, node) => cluster.nodes[node]?.start(),
  },
  {
    id: 'node-pause',
    text: (name) => `${name} stands still (SIGSTOP)`,
    hits: 'node',
    begin: (cluster, node) => cluster.nodes[node]?.pause(),
    end: (cluster, node) => cluster.nodes[node]?.resume(),
  },
  {
    id: 'node-cut-off',
    text: (name) => `${name} cannot reach Redis`,
    hits: 'node',
    begin: (cluster, node) => cluster.nodes[node]?.cutOff(),
    end: (cluster, node) => cluster.nodes[node]?.letIn(),
  },
  {
    id: 'redis-restart',
    text: () => 'Redis is killed, and keeps its data',
    hits: 'redis',
    begin: ({ redis }) => redis?.kill(),
    end: ({ redis }) => redis?.startAgain(),
  },
  {
    id: 'redis-pause',
    text: () => 'Redis stands still (SIGSTOP)',
    hits: 'redis',
    begin: ({ redis }) => redis?.pause(),
    end: ({ redis }) => redis?.resume(),
  },
]
// #endregion kinds

export interface Schedule {
  readonly faults: readonly Fault[]
  /** When the last of them is over. */
  readonly endMs: number
}

/** Four to six faults, of 0.1 to 5 s, within some ten seconds. */
export function scheduleOf(seed: number, nodes: number): Schedule {
  const random = randomNumbers(seed)
  const pick = (below: number) => Math.floor(random() * below)
  /** When each of the nodes, and Redis after them, is well again. */
  const wellMs = Array.from({ length: nodes + 1 }, () => 300)
  const faults: Fault[] = []
  const count = 4 + pick(3)
  while (faults.length < count) {
    const kind = faultKinds[pick(faultKinds.length)]
    if (kind === undefined) continue
    const node = pick(nodes)
    const hit = kind.hits === 'node' ? node : nodes
    const forMs = Math.round(100 + 4_900 * random() ** 2)
    const atMs = Math.round((wellMs[hit] ?? 0) + 1_500 * random())
    wellMs[hit] = atMs + forMs + 500
    faults.push({ kind, node, atMs, forMs })
  }
  faults.sort((one, other) => one.atMs - other.atMs)
  const ends = faults.map(({ atMs, forMs }) => atMs + forMs)
  return { faults, endMs: Math.max(...ends) }
}
