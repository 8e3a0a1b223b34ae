// `npm run lesson 13 -- heartbeats-and-timeouts`: the same silence, with and
// without a heartbeat.

import { colors } from '../../../scripts/cli/colors.ts'
import longPolling from '../../02-long-polling/index.ts'
import serverSentEvents from '../../04-server-sent-events/index.ts'
import webSocket from '../../05-websocket/index.ts'
import { print, type Topic } from '../topic.ts'
import { type Idle, stayIdle } from './idle.ts'

const forgetsAfterMs = 500
const idleMs = 1_200
const patienceMs = 3_000

const lessons = [longPolling, serverSentEvents, webSocket]

const silences = [
  { title: 'without a heartbeat', heartbeatMs: 60_000 },
  {
    title: 'without one, and the middlebox resets',
    heartbeatMs: 60_000,
    resets: true,
  },
  { title: 'a heartbeat every 0.8 s, too seldom', heartbeatMs: 800 },
  { title: 'a heartbeat every 0.2 s', heartbeatMs: 200 },
]

export default {
  about: 'a middlebox that forgets who is idle, and the heartbeat against it',
  async run(signal) {
    print(
      `A middlebox forgets each connection that carries nothing for ${forgetsAfterMs} ms. Nothing is published for ${idleMs} ms, then one message, and we wait for it for ${patienceMs / 1_000} s.\n`,
    )
    for (const { title, heartbeatMs, resets } of silences) {
      print(colors.bold(title))
      const all = lessons.map((lesson) =>
        stayIdle({
          lesson,
          heartbeatMs,
          resets,
          forgetsAfterMs,
          idleMs,
          patienceMs,
          signal,
        }),
      )
      for (const [n, seen] of (await Promise.all(all)).entries()) {
        if (signal.aborted) return
        print(`  ${lessons[n]?.title.padEnd(20)}${describe(seen)}`)
      }
      print('')
    }
  },
} satisfies Topic

function describe({ tookMs, forgotten, state, believed, open }: Idle): string {
  const came =
    tookMs === undefined
      ? colors.red('never came'.padEnd(18))
      : `came after ${tookMs.toFixed(0)} ms`.padEnd(18)
  return `${came}${forgotten} forgotten; the client: ${state}; the server: ${believed} connected, ${open} of them in truth`
}
