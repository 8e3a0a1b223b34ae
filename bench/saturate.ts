// As many messages as everybody reads.

import { setTimeout as sleep } from 'node:timers/promises'

import type { Rig } from './rig.ts'
import type { Measurement } from './scenario.ts'
import type { Settings } from './settings.ts'

/** Messages that may be on their way: below the 10,000 that a feed keeps. */
const window = 2_048

export async function saturate(
  rig: Rig,
  settings: Pick<Settings, 'subscribers' | 'bytes' | 'seconds'>,
): Promise<Measurement> {
  const { subscribers = 100, bytes, seconds } = settings
  await rig.subscribe(subscribers)
  const count = 50_000_000 // More than can be sent.
  const first = rig.takeNumbers(count)
  await rig.generator.ask('startFlood', { first, count })
  await rig.server.ask('startSaturation', { first, window, bytes })
  let acknowledging = true
  // The generator says how far everybody is; that is the server's room.
  const acknowledge = async () => {
    while (acknowledging) {
      const { progress } = await rig.generator.ask('flood', undefined)
      await rig.server.ask('acknowledge', progress)
      await sleep(4)
    }
  }
  const acknowledged = acknowledge()
  acknowledged.catch(() => {}) // Whoever waits for it below is told.

  // The first half second warms the code up.
  await sleep(500)
  const before = await rig.generator.ask('flood', undefined)
  const { server, generator, machine } = await rig.watch(() =>
    sleep(seconds * 1_000),
  )
  const after = await rig.generator.ask('flood', undefined)
  const end = await rig.server.ask('stopSaturation', undefined)
  const overdue = performance.now() + 5_000
  while (performance.now() < overdue) {
    const { progress } = await rig.generator.ask('flood', undefined)
    if (progress >= end) break
    await sleep(20)
  }
  acknowledging = false
  await acknowledged

  const sent = end - first
  const counts = {
    offered: sent,
    sent,
    expected: sent * subscribers,
    ...(await rig.generator.ask('endFlood', { end })),
  }
  const deliveries = after.received - before.received
  const tookS = (after.atNs - before.atNs) / 1e9
  return {
    figures: {
      deliveriesPerS: deliveries / tookS,
      serverUsPerDelivery: deliveries
        ? (server.cpuMs * 1_000) / deliveries
        : undefined,
    },
    counts,
    load: { subscribers, bytes },
    evidence: { server, generator, machine, counts, saturated: true },
  }
}
