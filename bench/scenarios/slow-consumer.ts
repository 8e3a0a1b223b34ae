// What does one reader that hangs do to the server, and to all others?

import type { Scenario } from '../scenario.ts'
import { percentile, single } from '../scenario.ts'

/** Enough to fill the kernel's buffers, which take some MiB, within a second. */
const bytes = 32_768
const ratePerS = 400
const subscribers = 6

export default {
  title: 'Slow consumer',
  question:
    'What happens to the server, and to all others, when one subscriber stops reading?',
  model: 'open',
  metrics: [
    {
      id: 'growthKiB',
      title: 'memory of the server that the one who hangs takes',
      unit: 'KiB',
      better: 'lower',
    },
    percentile(
      'othersP99Us',
      '99th percentile of all others meanwhile',
      'others',
      99,
    ),
    percentile('beforeP99Us', '99th percentile before', 'before', 99),
  ],
  shows:
    'How much the server’s heap and buffers grow while one of six subscribers does not read and 400 messages of 32 KiB a second are sent, and what the five others notice. A server without backpressure keeps every message for the one who hangs, for as long as it hangs.',
  hides:
    'It hangs for some seconds only: without a bound, memory grows on for hours. Less than nothing means that garbage was collected meanwhile, and nothing was kept. A client that polls holds nothing up when it does not ask.',
  variants: () => single,
  // Short, or the history itself would fill the memory.
  rig: () => ({ reader: 'lean', history: 400 }),

  async measure(rig, _variant, { effort }) {
    const seconds = effort === 'quick' ? 2 : 3
    const load = { ratePerS, bytes, seconds }
    await rig.subscribe(subscribers)
    // Memory that a server under load takes once, it keeps.
    const warmUp = await rig.warmUp({ ...load, seconds: 1 })
    const before = await rig.window(load)
    const rested = await rig.server.ask('usage', { collect: true })
    await rig.generator.ask('pause', { subscriber: 0 })
    const meanwhile = await rig.window(load)
    const hung = await rig.server.ask('usage', { collect: true })
    const { counts, histograms, evidence } = meanwhile
    return {
      figures: { growthKiB: hung.heapKiB - rested.heapKiB },
      histograms: {
        others: histograms.due,
        before: before.histograms.due,
      },
      counts: { ...counts, expected: counts.sent * (subscribers - 1) },
      load: { subscribers, ratePerS, bytes },
      evidence: {
        ...evidence,
        warmUp,
        counts: { ...counts, expected: counts.sent * (subscribers - 1) },
      },
    }
  },
} satisfies Scenario
