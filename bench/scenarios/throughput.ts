// How much can it carry? As much as everybody reads; and then the highest rate
// at which messages are still in time.

import { setTimeout as sleep } from 'node:timers/promises'

import { decodeHistogram } from '../load/histogram.ts'
import type { Rig } from '../rig.ts'
import type { Measurement, Scenario } from '../scenario.ts'
import type { Settings } from '../settings.ts'

/** Messages that may be on their way: below the 10,000 that a feed keeps. */
const window = 2_048

/** How late one message in a hundred may be. */
const mostP99Ms = 10

export default {
  title: 'Throughput',
  question: 'How many deliveries a second does a server manage?',
  model: 'saturate',
  metrics: [
    {
      id: 'deliveriesPerS',
      title: 'deliveries',
      unit: 'per second',
      better: 'higher',
    },
    {
      id: 'serverUsPerDelivery',
      title: 'CPU time of the server for each delivery',
      unit: 'us',
      better: 'lower',
    },
  ],
  shows:
    'Deliveries a second to all subscribers together: as many as they take (saturated), and the highest rate at which 99 of 100 deliveries come within 10 ms (in time). The saturated figure counts only where the server was the bottleneck; else it is a lower bound.',
  hides:
    'A saturated server collects several messages in one write, which it cannot do at leisure: cost a message is lower here than in the fan-out. Short polling is limited by its interval, not by the server.',
  variants: ({ effort }) =>
    effort === 'quick'
      ? [{ name: 'saturated' }]
      : [{ name: 'saturated' }, { name: 'in time' }],
  rig: () => ({ reader: 'lean' }),
  measure: (rig, { name }, settings) =>
    name === 'saturated' ? saturate(rig, settings) : search(rig, settings),
} satisfies Scenario

async function saturate(rig: Rig, settings: Settings): Promise<Measurement> {
  const { subscribers = 100, bytes, seconds } = settings
  await rig.subscribe(subscribers)
  const count = 50_000_000 // More than can be sent.
  const first = rig.takeNumbers(count)
  await rig.generator.ask('startFlood', { first, count })
  await rig.server.ask('startSaturation', { first, window, bytes })
  let acknowledging = true
  // The generator says how far everybody is; that is the server's room.
  const acknowledge = async () => {
    while (acknowledging) {
      const { progress } = await rig.generator.ask('flood', undefined)
      await rig.server.ask('acknowledge', progress)
      await sleep(4)
    }
  }
  const acknowledged = acknowledge()
  acknowledged.catch(() => {}) // Whoever waits for it below is told.

  // The first half second warms the code up.
  await sleep(500)
  const before = await rig.generator.ask('flood', undefined)
  const { server, generator, machine } = await rig.watch(() =>
    sleep(seconds * 1_000),
  )
  const after = await rig.generator.ask('flood', undefined)
  const end = await rig.server.ask('stopSaturation', undefined)
  const overdue = performance.now() + 5_000
  while (performance.now() < overdue) {
    const { progress } = await rig.generator.ask('flood', undefined)
    if (progress >= end) break
    await sleep(20)
  }
  acknowledging = false
  await acknowledged

  const sent = end - first
  const counts = {
    offered: sent,
    sent,
    expected: sent * subscribers,
    ...(await rig.generator.ask('endFlood', { end })),
  }
  const deliveries = after.received - before.received
  const tookS = (after.atNs - before.atNs) / 1e9
  return {
    figures: {
      deliveriesPerS: deliveries / tookS,
      serverUsPerDelivery: deliveries
        ? (server.cpuMs * 1_000) / deliveries
        : undefined,
    },
    counts,
    load: { subscribers, bytes },
    evidence: { server, generator, machine, counts, saturated: true },
  }
}

/** Doubles the rate until it is too much, then halves the distance four times. */
async function search(rig: Rig, settings: Settings): Promise<Measurement> {
  const { subscribers = 100, bytes } = settings
  await rig.subscribe(subscribers)
  const seconds = Math.min(1, settings.seconds)
  const warmUp = await rig.warmUp({ ratePerS: 50, bytes, seconds: 0.25 })
  let best: Awaited<ReturnType<Rig['window']>> | undefined
  let good = 0
  let bad = Number.POSITIVE_INFINITY
  let halvings = 0
  let ratePerS = 25
  let limit: Awaited<ReturnType<Rig['window']>> | undefined
  while (halvings < 4 && ratePerS < 200_000) {
    const tried = await rig.window({ ratePerS, bytes, seconds })
    if (isInTime(tried)) {
      best = tried
      good = ratePerS
    } else {
      limit = tried
      bad = ratePerS
      if (good === 0 && ratePerS < 2) break
    }
    if (bad === Number.POSITIVE_INFINITY) ratePerS *= 2
    else if (good === 0) ratePerS /= 4
    else {
      ratePerS = (good + bad) / 2
      halvings++
    }
  }
  const { server, generator, machine } = (limit ?? best)?.evidence ?? {}
  return {
    figures: {
      deliveriesPerS: good * subscribers,
      serverUsPerDelivery: best?.serverUsPerDelivery,
    },
    histograms: best
      ? { due: best.histograms.due, lateness: best.histograms.lateness }
      : {},
    counts: best?.counts,
    load: { subscribers, ratePerS: good, bytes },
    // Who was busy at the rate that was too much is what set the figure.
    evidence: {
      server,
      generator,
      machine,
      warmUp,
      counts: best?.counts,
      saturated: true,
    },
  }
}

function isInTime({
  histograms,
  counts,
  evidence,
}: Awaited<ReturnType<Rig['window']>>): boolean {
  if (counts.lost > 0 || counts.duplicated > 0) return false
  const { planned, took } = evidence.scheduleS ?? { planned: 1, took: 1 }
  if (took > planned * 1.05 + 0.05) return false
  const due = decodeHistogram(histograms.due)
  const p99Ms = due.getValueAtPercentile(99) / 1e6
  due.destroy()
  return p99Ms <= mostP99Ms
}
