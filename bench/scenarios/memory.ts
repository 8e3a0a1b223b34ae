// What does a subscriber take while nothing happens? The slope over several
// counts: one difference would count what the first connections load for all.

import { linearRegression } from 'simple-statistics'

import type { Scenario } from '../scenario.ts'
import { single } from '../scenario.ts'

export default {
  title: 'Memory',
  question: 'How much memory of the server does an idle subscriber take?',
  model: 'idle',
  metrics: [
    {
      id: 'heapKiB',
      title: 'JavaScript heap and buffers, for each subscriber',
      unit: 'KiB',
      better: 'lower',
    },
    {
      id: 'residentKiB',
      title: 'resident, for each subscriber',
      unit: 'KiB',
      better: 'lower',
    },
  ],
  shows:
    'How much the server’s memory grows with each idle subscriber: the slope of a line through several counts, after garbage collection. The heap with its buffers comes out the same each time; resident memory is what the machine gives, in larger pieces, and needs some hundred subscribers to be seen.',
  hides:
    'The kernel’s buffers for each socket are not in it. After traffic a subscriber takes more: what its buffers grew to, they keep.',
  variants: () => single,
  mostRounds: 5,
  tourRounds: 1,

  async measure(rig, _variant, { bytes, effort, subscribers }) {
    const most = subscribers ?? (effort === 'quick' ? 400 : 1_000)
    const counts = [0.25, 0.5, 0.75, 1].map((part) => Math.round(most * part))
    // What only the first ones load, such as compiled code, is not theirs.
    await rig.subscribe(Math.ceil(most / 10))
    const resident: [number, number][] = []
    const heap: [number, number][] = []
    for (const count of counts) {
      await rig.subscribe(count)
      const usage = await rig.server.ask('usage', { collect: true })
      resident.push([count, usage.residentKiB])
      heap.push([count, usage.heapKiB])
    }
    return {
      figures: {
        residentKiB: linearRegression(resident).m,
        heapKiB: linearRegression(heap).m,
      },
      load: { subscribers: most, bytes },
      // Memory does not care who else uses the CPU.
      evidence: {},
    }
  },
} satisfies Scenario
