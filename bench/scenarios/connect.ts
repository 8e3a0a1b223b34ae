// How long until the first message? The part of a transport that a page load,
// and every reconnect, pays for.

import type { Scenario } from '../scenario.ts'
import { percentile, single } from '../scenario.ts'

export default {
  title: 'Connect',
  question: 'How long does a new subscriber wait for its first message?',
  model: 'closed',
  metrics: [
    percentile('totalP50Us', 'to the first message, median', 'total', 50),
    {
      id: 'connectionsPerS',
      title: 'subscribers, 20 at once',
      unit: 'per second',
      better: 'higher',
    },
    percentile('tcpP50Us', 'TCP, median', 'tcp', 50),
    percentile('tlsP50Us', 'TLS, median', 'tls', 50),
    percentile('answerP50Us', 'request, or handshake, median', 'answer', 50),
    percentile(
      'messageP50Us',
      'from there to the message, median',
      'message',
      50,
    ),
  ],
  shows:
    'The time from a client’s start to its first message, which is already published, by the transport’s own client: one client after the other, split into TCP, TLS, request or handshake, and message; then 20 at a time for the rate.',
  hides:
    'No distance: on a real network each of the parts takes at least one round trip. TLS appears only with --tls.',
  variants: () => single,
  cannot: ({ lacks }) => lacks?.resume,

  async measure(rig, _variant, { bytes, effort }) {
    const after = await rig.server.ask('publishBefore', { count: 1, bytes })
    const deadlineMs = 20_000
    const ask = (count: number, atOnce: number) =>
      rig.generator.ask(
        'connect',
        { count, atOnce, after, deadlineMs },
        deadlineMs + 10_000,
      )
    const count = effort === 'quick' ? 50 : 150
    await ask(30, 5) // Warms the code up.
    const { value, ...use } = await rig.watch(async () => ({
      each: await ask(count, 1),
      burst: await ask(2 * count, 20),
    }))
    const { each, burst } = value
    const received = each.connected + burst.connected
    const counts = {
      offered: 3 * count,
      sent: 3 * count,
      expected: 3 * count,
      received,
      lost: 3 * count - received,
      duplicated: 0,
      reordered: 0,
    }
    return {
      figures: {
        connectionsPerS: (burst.connected / burst.tookMs) * 1_000,
      },
      histograms: each.histograms,
      counts,
      load: { subscribers: 1, bytes },
      evidence: { machine: use.machine, counts },
    }
  },
} satisfies Scenario
