import { connections } from './release.ts'
import type { Requirement } from './requirement.ts'
import { read, setUp, until } from './rig.ts'

const heartbeatMs = 50

export const heartbeat: Requirement = {
  id: 'heartbeat',
  text: 'The transport MUST keep an idle connection alive, and notice a dead peer within two heartbeats, on both sides.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal, { heartbeatMs })
    const reader = read(rig, signal)
    await reader.isOpen()

    // Nothing is published, and yet bytes come.
    for (const time of ['first', 'second', 'third']) {
      const before = rig.link.bytesToClients
      await until(
        () => rig.link.bytesToClients > before,
        signal,
        `the ${time} heartbeat`,
      )
    }

    // The server falls silent: the client looks for another way to it.
    rig.link.freeze()
    rig.feed.publish('hello')
    await reader.has(1)

    // The client falls silent, and takes nothing that the server sends.
    rig.link.freeze()
    await reader.leave()
    await until(
      async () => {
        rig.feed.publish('x'.repeat(500_000))
        return (await connections(rig.server)) === 0
      },
      signal,
      'the server to notice that its clients are dead, and to close',
    )
  },
}
