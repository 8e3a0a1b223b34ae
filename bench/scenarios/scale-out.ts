// What does it take to be more than one server? The same subscribers at one, two
// and four of them, and what the feed that they share costs.

import {
  findRedis,
  howToGetRedis,
} from '../../lessons/12-scaling-out/redis-server.ts'
import type { Entrant } from '../contestant.ts'
import { loadContestant } from '../contestants.ts'
import type { Counts } from '../result.ts'
import { Rig } from '../rig.ts'
import { saturate } from '../saturate.ts'
import { MeteredRedis } from '../scale-out/metered-redis.ts'
import { type OwnScenario, percentile, type Variant } from '../scenario.ts'
import type { Settings } from '../settings.ts'

const transport = '04-server-sent-events'
const subscribers = 100
const bytes = 64
const seconds = 2
/** Leaves a server on one core most of its time. */
const ratePerS = 50

const alone: Entrant = {
  id: 'one-server-alone',
  title: 'A feed in the memory of its server',
  transport: 'A feed in the memory of its server',
  implementation: 'lesson 4',
  kind: 'way',
  lesson: transport,
}

const shared: Entrant = {
  id: 'servers-around-redis',
  title: 'A feed that servers share through Redis',
  transport: 'A feed that servers share through Redis',
  implementation: 'lesson 12',
  kind: 'way',
  lesson: '12-scaling-out',
  missing: () => (findRedis() ? undefined : howToGetRedis),
}

export default {
  title: 'Scaling out',
  question: 'What do more servers bring, and what does their shared feed cost?',
  model: 'open',
  metrics: [
    percentile('p50Us', 'a delivery, median', 'due', 50),
    percentile('p99Us', 'a delivery, 99th percentile', 'due', 99),
    {
      id: 'deliveriesPerS',
      title: 'deliveries, saturated',
      unit: 'per second',
      better: 'higher',
    },
    {
      id: 'serversUsPerDelivery',
      title: 'CPU time of all servers for each delivery',
      unit: 'us',
      better: 'lower',
    },
    {
      id: 'redisUsPerMessage',
      title: 'CPU time of Redis for each message',
      unit: 'us',
      better: 'lower',
    },
  ],
  shows: `${subscribers} subscribers of Server-Sent Events stand behind one, two or four servers. One of these publishes ${ratePerS} messages a second, which come to all: the difference between the two feeds at one server is what Redis adds. Then it publishes as many as everybody reads.`,
  hides:
    'All servers, Redis and the subscribers share the two cores of one machine, so more servers bring no more deliveries here: what they bring is another machine each. Redis is on loopback; in a network its way is longer. It writes nothing to the disk.',
  contestants: [alone, shared],
  cannot: ({ missing }) => missing?.(),
  skips: ({ id }, { nodes = 1 }) => id === alone.id && nodes > 1,
  variants,
  // The first two alone would leave out what a message costs.
  views: (settings) =>
    ['p50Us', 'p99Us', 'deliveriesPerS', 'redisUsPerMessage'].map((metric) => ({
      metric,
      variants: variants(settings).map(({ name }) => name),
    })),

  async run({ id, variant: { nodes = 1 }, signal }) {
    const contestant = await loadContestant(transport)
    await using redis =
      id === shared.id ? await MeteredRedis.start() : undefined
    const start = () =>
      Rig.start({
        contestant,
        tls: false,
        pollEveryMs: 0,
        reader: 'lean',
        signal,
        nodes,
        redis,
      })
    const delivery = await inTime(start)
    await using rig = await start()
    const saturated = await saturate(rig, { subscribers, bytes, seconds })
    const { due, lateness } = delivery.histograms
    const counts = sum(delivery.counts, saturated.counts)
    return {
      figures: {
        deliveriesPerS: saturated.figures.deliveriesPerS,
        serversUsPerDelivery: delivery.serverUsPerDelivery,
        redisUsPerMessage: delivery.redisUsPerMessage,
      },
      histograms: { due, lateness },
      counts,
      load: { subscribers, ratePerS, bytes, reader: rig.reader },
      evidence: { ...delivery.evidence, counts },
    }
  },
} satisfies OwnScenario

function variants({ effort }: Settings): Variant[] {
  return (effort === 'quick' ? [1, 2] : [1, 2, 4]).map((nodes) => ({
    name: `${nodes} server${nodes === 1 ? '' : 's'}`,
    nodes,
  }))
}

/** What is lost at full speed is lost. */
function sum(counts: Counts, more: Counts | undefined): Counts {
  if (more === undefined) return counts
  const names = Object.keys(counts) as (keyof Counts)[]
  const sums = names.map((name) => [name, counts[name] + more[name]])
  return Object.fromEntries(sums)
}

/** A window of messages by a schedule. */
async function inTime(start: () => Promise<Rig>) {
  await using rig = await start()
  await rig.subscribe(subscribers)
  const warmUp = await rig.warmUp({ ratePerS, bytes, seconds: 0.5 })
  const delivery = await rig.window({ ratePerS, bytes, seconds })
  return { ...delivery, evidence: { ...delivery.evidence, warmUp } }
}
