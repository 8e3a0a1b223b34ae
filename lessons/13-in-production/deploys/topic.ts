// `npm run lesson 13 -- deploys`: what a server says when it ends, and two of
// them that are restarted under load, one after the other.

import { colors } from '../../../scripts/cli/colors.ts'
import longPolling from '../../02-long-polling/index.ts'
import httpStreaming from '../../03-http-streaming/index.ts'
import serverSentEvents from '../../04-server-sent-events/index.ts'
import webSocket from '../../05-websocket/index.ts'
import overHttp2 from '../../08-sse-over-http2/index.ts'
import { print, type Topic } from '../topic.ts'
import { lastWords } from './last-words.ts'
import { type Rolled, roll } from './rolling.ts'

const subscribers = 200

const lessons = [
  longPolling,
  httpStreaming,
  serverSentEvents,
  webSocket,
  overHttp2,
]

export default {
  about: 'a rolling restart under load: at once, and drained',
  async run(signal) {
    print(colors.bold('What a server says that closes'))
    for (const [title, said] of Object.entries(await lastWords()))
      print(`  ${title.padEnd(20)}${said}`)

    print(
      `\n${colors.bold('Two nodes, one after the other')}, ${subscribers} subscribers, a message every 50 ms. A place is a quarter of a second.`,
    )
    const options = { subscribers, publishEveryMs: 50, retryMs: 200, signal }
    for (const drainMs of [0, 3_000]) {
      const seen = await roll({
        ...options,
        lesson: serverSentEvents,
        drainMs,
        pauseMs: 1_000,
      })
      if (signal.aborted) return
      print(
        `  ${drainMs === 0 ? 'Server-Sent Events, all at once' : `Server-Sent Events, over ${drainMs / 1_000} s`}`,
      )
      for (const n of [0, 1])
        print(
          `    node ${n + 1}  ${bars(seen.moments.map((two) => two[n] ?? 0))}`,
        )
      print(`    ${describe(seen)}`)
    }
    for (const lesson of lessons.filter((one) => one !== serverSentEvents)) {
      const seen = await roll({
        ...options,
        lesson,
        drainMs: 1_000,
        pauseMs: 300,
      })
      if (signal.aborted) return
      print(`  ${lesson.title}, over 1 s\n    ${describe(seen)}`)
    }
  },
} satisfies Topic

/** Of all subscribers: `▁` is some, `█` all of them. */
function bars(counts: readonly number[]): string {
  const marks = '▁▂▃▄▅▆▇█'
  return counts
    .map((count) => {
      const place = Math.ceil((count / subscribers) * marks.length) - 1
      return count === 0 ? ' ' : marks[Math.min(place, marks.length - 1)]
    })
    .join('')
}

function describe({ published, lost, twice, gaps, cameBack, peak }: Rolled) {
  return `${published} published: ${lost} lost, ${twice} twice, ${gaps} gaps; ${cameBack} came back, at most ${peak} of them within 0.1 s`
}
