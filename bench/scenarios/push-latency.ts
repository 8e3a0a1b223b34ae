// How late is a message? The schedule waits for nobody: a server that stalls
// is charged for every message that was due meanwhile.

import type { Scenario } from '../scenario.ts'
import { percentile, single } from '../scenario.ts'

export default {
  title: 'Push latency',
  question: 'How long after a message is due does a subscriber have it?',
  model: 'open',
  metrics: [
    percentile('p50Us', 'median', 'due', 50),
    percentile('p90Us', '90th percentile', 'due', 90),
    percentile('p99Us', '99th percentile', 'due', 99),
    percentile(
      'publishedP50Us',
      'median from when it was published',
      'published',
      50,
    ),
    {
      id: 'latenessP50Us',
      title: 'lateness of the pacer, median',
      unit: 'us',
      better: 'neither',
      from: { histogram: 'lateness', percentile: 50 },
    },
    {
      id: 'latenessP99Us',
      title: 'lateness of the pacer, 99th percentile',
      unit: 'us',
      better: 'neither',
      from: { histogram: 'lateness', percentile: 99 },
    },
  ],
  shows:
    'The time from the moment a message was due to the moment a subscriber of the transport’s own client has it. A poll waits for its turn: on average half the interval.',
  hides:
    'Loopback has no distance: on a real network every figure grows by the way there, and those of transports that ask first by the way back as well.',
  variants: () => single,

  async measure(rig, _variant, settings) {
    const { subscribers = 1, ratePerS = 400, bytes, seconds } = settings
    await rig.subscribe(subscribers)
    const load = { ratePerS, bytes, seconds }
    const warmUp = await rig.warmUp({ ...load, seconds: 0.25 })
    const { histograms, counts, evidence } = await rig.window(load)
    const { due, published, lateness } = histograms
    return {
      figures: {},
      histograms: { due, published, lateness },
      counts,
      load: { subscribers, ratePerS, bytes },
      evidence: { ...evidence, warmUp },
    }
  },
} satisfies Scenario
