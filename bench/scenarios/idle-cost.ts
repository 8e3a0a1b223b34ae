// What does a subscriber cost while nothing happens? Polls ask, streams beat.

import { setTimeout as sleep } from 'node:timers/promises'

import type { Scenario } from '../scenario.ts'
import { single } from '../scenario.ts'

/** Seldom in real life; here it has to come several times within seconds. */
const heartbeatMs = 2_000

export default {
  title: 'Idle cost',
  question: 'How much CPU do subscribers take to whom nothing is sent?',
  model: 'idle',
  metrics: [
    {
      id: 'cpuMsPerS',
      title: 'CPU time of the server for all of them',
      unit: 'ms/s',
      better: 'lower',
    },
  ],
  shows:
    'The server’s CPU time, in ms a second, for 200 subscribers (if not told otherwise) to whom nothing is sent, less what it takes without any. Polling clients ask every 200 ms; the others are kept alive by a heartbeat every 2 s.',
  hides:
    'By default heartbeats come every 15 or 25 s, and cost that much less. A client’s battery and radio are not in it, and polls wake those as well.',
  variants: () => single,
  mostRounds: 5,
  rig: () => ({ heartbeatMs }),

  async measure(rig, _variant, { bytes, subscribers = 200, effort }) {
    const windowMs = effort === 'quick' ? 2 * heartbeatMs : 3 * heartbeatMs
    const rest = () => rig.watch(() => sleep(windowMs))
    const alone = await rest()
    await rig.subscribe(subscribers)
    await sleep(500) // What they did to subscribe is over.
    const { server, generator, machine } = await rest()
    const share = (usage: typeof server) => (usage.cpuMs / usage.wallMs) * 1_000
    return {
      figures: { cpuMsPerS: Math.max(0, share(server) - share(alone.server)) },
      load: { subscribers, bytes },
      evidence: { server, generator, machine },
    }
  },
} satisfies Scenario
