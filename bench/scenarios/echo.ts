// How long there and back? From the client to the server, and as a message to
// itself again.

import { decodeHistogram } from '../load/histogram.ts'
import type { Scenario } from '../scenario.ts'
import { percentile, single } from '../scenario.ts'

export default {
  title: 'Echo',
  question:
    'How long does a message take from the client to the server and back?',
  model: 'closed',
  metrics: [
    percentile('closedP50Us', 'one after the other, median', 'closed', 50),
    percentile(
      'openP50Us',
      'at half that rate by a schedule, median',
      'open',
      50,
    ),
    percentile(
      'openP99Us',
      'at half that rate by a schedule, 99th percentile',
      'open',
      99,
    ),
    {
      id: 'echoesPerS',
      title: 'one after the other',
      unit: 'per second',
      better: 'higher',
    },
  ],
  shows:
    'The time from a client’s message to its return, by the transport’s own client: on the same connection for WebSocket and raw TCP, by a POST beside the subscription for the others. First each one when the last is back, then at half that rate by a schedule.',
  hides:
    'One client at a time, and no distance. One after the other is what a slow server likes best: while it stalls, nothing is sent that could be late.',
  variants: () => single,
  cannot: ({ lacks }) => lacks?.publish,

  async measure(rig, _variant, { bytes, seconds }) {
    const deadlineMs = 20_000 + seconds * 4_000
    const ask = (count: number, ratePerS?: number) =>
      rig.generator.ask(
        'echo',
        { count, bytes, ratePerS, deadlineMs, mostMs: seconds * 1_100 },
        deadlineMs + 10_000,
      )
    await ask(100) // Warms the code up.
    const { value, ...use } = await rig.watch(async () => {
      const closed = await ask(20_000)
      const perS = (closed.received / closed.tookMs) * 1_000
      const count = Math.max(5, Math.round((perS / 2) * seconds))
      return { closed, perS, open: await ask(count, perS / 2) }
    })
    const { closed, open, perS } = value
    const sent = closed.sent + open.sent
    const received = closed.received + open.received
    const counts = {
      offered: sent,
      sent,
      expected: sent,
      received,
      lost: sent - received,
      duplicated: closed.duplicated + open.duplicated,
      reordered: 0,
    }
    return {
      figures: { echoesPerS: perS },
      histograms: {
        closed: closed.trips,
        open: open.trips,
        lateness: open.lateness,
      },
      counts,
      load: { subscribers: 1, ratePerS: perS / 2, bytes },
      evidence: {
        ...use,
        counts,
        ...(isFew(open.trips)
          ? {}
          : { lateness: open.lateness, latency: open.trips }),
      },
    }
  },
} satisfies Scenario

/** Of a handful of echoes no median of their lateness is worth a verdict. */
function isFew(trips: string): boolean {
  const histogram = decodeHistogram(trips)
  const few = histogram.totalCount < 50
  histogram.destroy()
  return few
}
