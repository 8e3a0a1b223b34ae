// How late is the last subscriber? One message to many, sent one after the
// other: what the first of them does not notice, the last one waits for.

import type { Scenario } from '../scenario.ts'
import { percentile } from '../scenario.ts'

/** Deliveries a second that leave a server on one core most of its time. */
const mostDeliveriesPerS = 8_000

export default {
  title: 'Fan-out',
  question:
    'When do the first, the middle and the last of all subscribers have a message?',
  model: 'open',
  metrics: [
    percentile('lastP50Us', 'last delivery, median', 'last', 50),
    {
      id: 'serverUsPerDelivery',
      title: 'CPU time of the server for each delivery',
      unit: 'us',
      better: 'lower',
    },
    percentile('medianP50Us', 'middle delivery, median', 'median', 50),
    percentile('firstP50Us', 'first delivery, median', 'first', 50),
  ],
  shows:
    'The time from when a message was due until its first, middle and last subscriber have it, and what each delivery takes of the server’s CPU. Streams are read by a lean reader that only looks for marks, so that the server is measured and not its clients; polls and pushes by the lesson’s own client.',
  hides:
    'All subscribers share one process on the same two cores: what they take, the server cannot have. Where the readers are the limit, the verdict says so.',
  variants: ({ subscribers, effort }) =>
    (subscribers
      ? [subscribers]
      : effort === 'quick'
        ? [100]
        : [1, 10, 100, 1_000]
    ).map((count) => ({
      name: `${count.toLocaleString('en')} subscriber${count === 1 ? '' : 's'}`,
      subscribers: count,
    })),
  tourRounds: 1,
  rig: () => ({ reader: 'lean' }),

  async measure(rig, { subscribers = 1 }, settings) {
    const { bytes, seconds } = settings
    const ratePerS =
      settings.ratePerS ?? Math.min(100, mostDeliveriesPerS / subscribers)
    await rig.subscribe(subscribers)
    const load = { ratePerS, bytes, seconds }
    const warmUp = await rig.warmUp({
      ...load,
      seconds: Math.max(0.25, 5 / ratePerS),
    })
    const delivery = await rig.window(load)
    const { due, first, median, last, lateness } = delivery.histograms
    const histograms =
      subscribers === 1
        ? { due, first: due, median: due, last: due, lateness }
        : { due, first, median, last, lateness }
    return {
      figures: { serverUsPerDelivery: delivery.serverUsPerDelivery },
      histograms,
      counts: delivery.counts,
      load: { subscribers, ratePerS, bytes },
      evidence: { ...delivery.evidence, warmUp },
    }
  },
} satisfies Scenario
