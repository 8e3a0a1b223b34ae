// What waits for a packet that is lost? Four topics, each on a stream of its own.

import { median } from 'simple-statistics'

import type { Entrant } from '../contestant.ts'
import type { SeenLoss } from '../head-of-line/loss.ts'
import { loadWays } from '../head-of-line/way.ts'
import type { LinkOptions } from '../link/link-options.ts'
import { CpuWatch } from '../machine/cpu-use.ts'
import { BenchProcess } from '../processes/child.ts'
import type {
  HeadOfLineCalls,
  HeadOfLineSettings,
} from '../processes/head-of-line.ts'
import type { OwnScenario, Variant } from '../scenario.ts'

/** In one run. */
const losses = 10
const rttsMs = [20, 50, 100]

const contestants: readonly Entrant[] = (await loadWays()).map(
  ({ id, title, implementation, lesson, missing }) => ({
    id,
    title,
    transport: title,
    implementation,
    kind: 'way',
    lesson,
    missing,
  }),
)

export default {
  title: 'Head-of-line blocking',
  question: 'What waits for a packet that is lost?',
  model: 'open',
  metrics: [
    {
      id: 'heldUp',
      title: 'messages of other topics held up by one lost packet',
      unit: 'messages',
      better: 'lower',
    },
    {
      id: 'othersUs',
      title: 'slowest message of another topic',
      unit: 'us',
      better: 'lower',
    },
    {
      id: 'ownUs',
      title: 'the message that was lost',
      unit: 'us',
      better: 'lower',
    },
  ],
  shows: `Four topics take turns, a message every 5 ms. One packet with a message of the first is lost, ${losses} times in a run; the figures are medians over these. TCP hands on nothing before its repair has come, whatever topic it is of. QUIC holds up that stream alone, and so do connections of their own.`,
  hides:
    'The link is a proxy in user space. Its datagrams are really lost, and QUIC repairs them; of TCP it plays the repair by the rules of RFC 5681 and RFC 6298, without what happens to the rate afterwards. Losses come alone here, and often come in bursts. How fast each repair is also depends on the traffic behind it.',
  contestants,
  cannot: ({ missing }) => missing?.(),
  variants: ({ link }) =>
    link ? [variant(link)] : rttsMs.map((rttMs) => variant(distance(rttMs))),

  async run({ id, variant, link = distance(50), signal }) {
    if (link.by === 'nft')
      throw new Error(
        'nft drops packets at random, and here one is chosen: leave out by=nft.',
      )
    const chosen = variant.link ?? link
    const settings: HeadOfLineSettings = { way: id, link: chosen }
    await using topics = new BenchProcess<HeadOfLineCalls>('head-of-line.ts', {
      settings,
      signal,
    })
    await topics.ask('startMeter', undefined)
    const watch = CpuWatch.start()
    const cpuMs = await topics.ask('cpuMs', undefined)
    const seen: SeenLoss[] = []
    while (seen.length < losses)
      seen.push(await topics.ask('loseOne', undefined))
    const ownMs = (await topics.ask('cpuMs', undefined)) - cpuMs
    return {
      figures: {
        heldUp: median(seen.map(({ heldUp }) => heldUp)),
        othersUs: median(seen.map(({ othersMs }) => othersMs)) * 1_000,
        ownUs: median(seen.map(({ ownMs }) => ownMs)) * 1_000,
      },
      load: { subscribers: 1, bytes: 200, ratePerS: 200, reader: 'own' },
      evidence: {
        machine: watch.stop(ownMs),
        generator: await topics.ask('usage', undefined),
      },
    }
  },
} satisfies OwnScenario

function distance(rttMs: number): LinkOptions {
  return { rttMs, lossPercent: 0, by: 'proxy' }
}

function variant(link: LinkOptions): Variant {
  return { name: `${link.rttMs} ms RTT`, link }
}
