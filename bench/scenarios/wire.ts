// What goes over the wire? Bytes and packets, both ways: figures that are the
// same on the noisiest machine.

import { setTimeout as sleep } from 'node:timers/promises'

import { packets } from '../machine/packets.ts'
import type { Rig } from '../rig.ts'
import type { Measurement, Scenario } from '../scenario.ts'
import type { Settings } from '../settings.ts'

export default {
  title: 'On the wire',
  question:
    'How many bytes and packets does a message take, and how many a minute in which nothing happens?',
  model: 'open',
  metrics: [
    {
      id: 'bytesDown',
      title: 'bytes to the client',
      unit: 'bytes',
      better: 'lower',
    },
    {
      id: 'bytesUp',
      title: 'bytes to the server',
      unit: 'bytes',
      better: 'lower',
    },
    {
      id: 'packetsDown',
      title: 'packets to the client',
      unit: 'packets',
      better: 'lower',
    },
    {
      id: 'packetsUp',
      title: 'packets to the server',
      unit: 'packets',
      better: 'lower',
    },
  ],
  shows:
    'What TCP carries for one subscriber, each way: for each message while messages come, and in all during a minute without any. Packets include those that only acknowledge.',
  hides:
    'IP and TCP headers are not in the bytes: count 52 for each packet. Polls fetch several messages at a time when many come, so that their cost a message depends on the rate; the first request and handshake are left out.',
  variants: ({ effort, ratePerS }) =>
    effort === 'quick'
      ? [{ name: '100 messages/s' }]
      : ratePerS
        ? [{ name: `${ratePerS} messages/s` }]
        : [
            { name: '100 messages/s' },
            { name: '2 messages/s' },
            { name: 'idle minute' },
          ],
  mostRounds: 3,
  tourRounds: 1,

  async measure(rig, { name }, settings) {
    await rig.subscribe(1)
    return name === 'idle minute'
      ? idle(rig, settings)
      : busy(rig, Number.parseFloat(name), settings)
  },
} satisfies Scenario

async function busy(
  rig: Rig,
  ratePerS: number,
  { bytes }: Settings,
): Promise<Measurement> {
  const seconds = ratePerS < 10 ? 6 : 0.6
  // Headers that are compressed, and sizes that TCP finds out, settle first.
  await rig.window({ ratePerS, bytes, seconds: 10 / ratePerS })
  const before = await traffic(rig)
  const { counts, evidence } = await rig.window({ ratePerS, bytes, seconds })
  const after = await traffic(rig)
  return {
    figures: difference(before, after, 1 / counts.sent),
    counts,
    load: { subscribers: 1, ratePerS, bytes },
    evidence: { counts, machine: undefined, scheduleS: evidence.scheduleS },
  }
}

async function idle(rig: Rig, { bytes }: Settings): Promise<Measurement> {
  const before = await traffic(rig)
  await sleep(60_000)
  return {
    figures: difference(before, await traffic(rig), 1),
    load: { subscribers: 1, bytes },
    evidence: {},
  }
}

interface Traffic {
  readonly down: number
  readonly up: number
  /** Where the system tells. */
  readonly packetsDown?: number
  readonly packetsUp?: number
}

/** Counted at the server: its bytes out go down to the client. */
async function traffic(rig: Rig): Promise<Traffic> {
  // What is under way arrives, and is acknowledged: 40 ms at most.
  await sleep(100)
  const { bytesIn, bytesOut } = await rig.server.ask('traffic', undefined)
  const { url } = await rig.server.ask('where', undefined)
  const counted = await packets(Number(new URL(url).port))
  return {
    down: bytesOut,
    up: bytesIn,
    packetsDown: counted?.out,
    packetsUp: counted?.in,
  }
}

function difference(before: Traffic, after: Traffic, factor: number) {
  const { packetsDown, packetsUp } = after
  return {
    bytesDown: (after.down - before.down) * factor,
    bytesUp: (after.up - before.up) * factor,
    packetsDown:
      packetsDown === undefined
        ? undefined
        : (packetsDown - (before.packetsDown ?? 0)) * factor,
    packetsUp:
      packetsUp === undefined
        ? undefined
        : (packetsUp - (before.packetsUp ?? 0)) * factor,
  }
}
