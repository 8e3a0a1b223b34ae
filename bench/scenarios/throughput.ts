// How much can it carry? As much as everybody reads; and then the highest rate
// at which messages are still in time.

import { decodeHistogram } from '../load/histogram.ts'
import type { Rig } from '../rig.ts'
import { saturate } from '../saturate.ts'
import type { Measurement, Scenario } from '../scenario.ts'
import type { Settings } from '../settings.ts'

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
