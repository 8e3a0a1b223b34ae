import { type Reader, read } from './reader.ts'
import { connections } from './release.ts'
import type { Requirement } from './requirement.ts'
import { type Rig, setUp } from './rig.ts'
import { until } from './until.ts'

const heartbeatMs = 100

export const heartbeat: Requirement = {
  id: 'heartbeat',
  text: 'The transport MUST keep an idle connection alive, and notice a dead peer within two heartbeats, on both sides.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal, { heartbeatMs })
    await checkSigns(rig, signal)
    const reader = read(rig, signal)
    await reader.isOpen()

    // The server falls silent: the client looks for another way to it.
    await freeze(rig, signal)
    rig.feed.publish('hello')
    const when = 'over a new connection: the server behind the old one is dead'
    await reader.receives(['hello'], { when })

    // The client falls silent, and takes nothing that the server sends.
    await freeze(rig, signal)
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

/** Nothing is published, and yet bytes come, on a connection that stays. */
async function checkSigns(rig: Rig, signal: AbortSignal): Promise<void> {
  // This client never loses patience: what comes, the server sends unasked.
  const idle = read(rig, signal, { heartbeatMs: 60_000 })
  await idle.isOpen()
  let seen = { opened: 0, bytes: 0, signs: 0 }
  await until(
    () => {
      seen = look(rig, idle, seen)
      return seen.signs >= 3
    },
    signal,
    () => `three signs of life on an idle connection, got ${seen.signs}`,
  )
  await idle.leave()
}

function look(
  { link }: Rig,
  { opened }: Reader,
  seen: { opened: number; bytes: number; signs: number },
) {
  const bytes = link.bytesToClients
  // Another connection: what it opened with is no sign of life.
  if (opened !== seen.opened) return { opened, bytes, signs: 0 }
  return { opened, bytes, signs: seen.signs + (bytes > seen.bytes ? 1 : 0) }
}

/** Before its first request, a connection has no subscriber that could be dead. */
async function freeze({ link }: Rig, signal: AbortSignal): Promise<void> {
  await until(() => link.allHaveAsked, signal, 'a request on every connection')
  link.freeze()
}
