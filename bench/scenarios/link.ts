// What does distance do? The same messages over a link that is slow, narrow or
// loses packets.

import type { LinkOptions } from '../link/link-options.ts'
import { whyNoPrivateNetwork } from '../link/namespace.ts'
import type { Scenario, Variant } from '../scenario.ts'
import { percentile } from '../scenario.ts'

const noRealLoss = await whyNoPrivateNetwork()

const links: readonly (Variant & { link: LinkOptions })[] = [
  at('RTT 0 ms', {}),
  at('RTT 20 ms', { rttMs: 20 }),
  at('RTT 100 ms', { rttMs: 100 }),
  at('RTT 20 ms, 1 Mbit/s', { rttMs: 20, kbitPerS: 1_000 }),
  at('RTT 20 ms, 1 % loss', { rttMs: 20, lossPercent: 1 }),
]

const lossy = at('1 % of packets really lost', { lossPercent: 1, by: 'nft' })

export default {
  title: 'Link',
  isLinked: true,
  question: 'What do distance, a narrow link and loss do to a message?',
  model: 'open',
  metrics: [
    percentile('p50Us', 'median', 'due', 50),
    percentile('p90Us', '90th percentile', 'due', 90),
    percentile('p99Us', '99th percentile', 'due', 99),
  ],
  shows:
    'The time from when a message was due until a subscriber has it, over a link that adds distance, a limit or loss. Pushed messages take half a round trip; a poll takes a whole one, and its turn.',
  hides:
    'The link is a proxy in user space: it ends each TCP connection, so that neither congestion control nor recovery over the distance is seen, and its losses are stalls computed by TCP’s rules; its timers add up to a millisecond each way. Packets that are really lost (nft) are lost on loopback, where recovery is faster than over a distance.',
  variants: ({ link }) =>
    link
      ? [{ name: nameOf(link), link }]
      : noRealLoss === undefined
        ? [...links, lossy]
        : links,
  rig: ({ link }) => ({ link }),

  async measure(rig, { link }, settings) {
    const { subscribers = 1, ratePerS = 50, bytes } = settings
    const seconds = Math.max(settings.seconds, 2)
    await rig.subscribe(subscribers)
    const load = { ratePerS, bytes, seconds }
    // A loss in a short window would never look settled.
    const warmUp = link?.lossPercent
      ? undefined
      : await rig.warmUp({ ...load, seconds: 0.5 })
    const { histograms, counts, evidence } = await rig.window(load)
    return {
      figures: {},
      histograms: { due: histograms.due, lateness: histograms.lateness },
      counts,
      load: { subscribers, ratePerS, bytes },
      evidence: { ...evidence, warmUp },
    }
  },
} satisfies Scenario

function at(
  name: string,
  { rttMs = 0, lossPercent = 0, by = 'proxy', ...rest }: Partial<LinkOptions>,
) {
  return { name, link: { rttMs, lossPercent, by, ...rest } }
}

function nameOf({ rttMs, kbitPerS, lossPercent, by }: LinkOptions): string {
  const parts = [
    `RTT ${rttMs} ms`,
    ...(kbitPerS ? [`${kbitPerS} kbit/s`] : []),
    ...(lossPercent ? [`${lossPercent} % loss`] : []),
    ...(by === 'nft' ? ['nft'] : []),
  ]
  return parts.join(', ')
}
