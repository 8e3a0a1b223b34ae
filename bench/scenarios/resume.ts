// What is lost when the connection breaks? It is cut in the middle of a stream
// of messages, without a goodbye, again and again.

import { setTimeout as sleep } from 'node:timers/promises'

import { encodeHistogram, newHistogram, record } from '../load/histogram.ts'
import type { TraceEntry } from '../processes/generator.ts'
import type { Scenario } from '../scenario.ts'
import { percentile, single } from '../scenario.ts'

export default {
  title: 'Resume',
  isLinked: true,
  question:
    'What is lost when the connection breaks, and when do messages come again?',
  model: 'open',
  metrics: [
    {
      id: 'lost',
      title: 'lost, for each break',
      unit: 'messages',
      better: 'lower',
    },
    percentile(
      'recoverP50Us',
      'from the break to the next message, median',
      'recover',
      50,
    ),
    {
      id: 'duplicated',
      title: 'received twice, for each break',
      unit: 'messages',
      better: 'lower',
    },
  ],
  shows:
    'Messages that a subscriber never gets, or gets twice, for each time its connection is cut while 100 messages a second are sent; and how long it waits for the next one. The delay is what servers ask for by default, a second and some jitter, not what the transport could do.',
  hides:
    'The server stays up, and the history outlives the break. What comes after a break longer than the history is a gap, which the conformance tests look at.',
  variants: () => single,
  rig: (_, { link }) => ({
    link: link ?? { rttMs: 0, lossPercent: 0, by: 'proxy' },
    trace: true,
  }),

  async measure(rig, _variant, { bytes, effort, ratePerS = 100 }) {
    const cuts = effort === 'quick' ? 2 : 4
    const everyMs = 2_500
    await rig.subscribe(1)
    const seconds = (cuts * everyMs) / 1_000 + 0.5
    const cutsNs: number[] = []
    const cutting = async () => {
      for (let n = 0; n < cuts; n++) {
        await sleep(n === 0 ? 500 : everyMs)
        cutsNs.push(await rig.generator.ask('now', undefined))
        await rig.link?.ask('cut', undefined)
      }
    }
    const [delivery] = await Promise.all([
      rig.window({ ratePerS, bytes, seconds }),
      cutting(),
    ])
    const trace = await rig.generator.ask('trace', undefined)
    const { counts, evidence } = delivery
    const recover = newHistogram()
    for (const cutNs of cutsNs) {
      const backNs = comesBack(trace, cutNs)
      if (backNs !== undefined) record(recover, backNs - cutNs)
    }
    return {
      figures: {
        lost: counts.lost / cuts,
        duplicated: counts.duplicated / cuts,
      },
      histograms: { recover: encodeHistogram(recover) },
      counts,
      load: { subscribers: 1, ratePerS, bytes },
      evidence: {
        machine: evidence.machine,
        counts,
        lossIsMeasured: true,
      },
    }
  },
} satisfies Scenario

/** When the first message came that a new connection brought. */
function comesBack(
  trace: readonly TraceEntry[],
  cutNs: number,
): number | undefined {
  // What was in the client's buffers at the cut still comes.
  const broken = trace.find(
    ([at, what]) => at >= cutNs && what === 'connecting',
  )
  const from = broken?.[0] ?? cutNs
  return trace.find(([at, what]) => at >= from && what === 'message')?.[0]
}
