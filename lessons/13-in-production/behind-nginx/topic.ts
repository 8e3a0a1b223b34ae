// `npm run lesson 13 -- behind-nginx`: when messages arrive that were published at a
// steady pace, for each transport and each configuration.

import { colors } from '../../../scripts/cli/colors.ts'
import { CommandError } from '../../../scripts/cli/command-error.ts'
import { localCertificate } from '../../certificate.ts'
import { Feed } from '../../feed.ts'
import { startServer } from '../../start.ts'
import { print, type Topic } from '../topic.ts'
import { type Arrivals, arrivals } from './arrivals.ts'
import { findNginx, howToGetNginx, Nginx, type NginxOptions } from './nginx.ts'
import { type Way, ways } from './ways.ts'

const messages = 20
const everyMs = 100
/** Some of them fill a buffer. */
const bytes = 1_000

const configurations = [
  {
    title: 'nginx as it comes (default.conf)',
    file: 'default.conf',
  },
  {
    title:
      'nginx as it comes, and a server that does not say X-Accel-Buffering: no',
    file: 'default.conf',
    more: 'proxy_ignore_headers X-Accel-Buffering;',
  },
  {
    title: 'nginx for streams (right.conf)',
    file: 'right.conf',
    more: 'proxy_ignore_headers X-Accel-Buffering;',
  },
]

export default {
  about: 'when messages arrive behind nginx, as it comes and as it should be',
  run: tell,
} satisfies Topic

async function tell(signal: AbortSignal): Promise<void> {
  if (findNginx() === undefined) throw new CommandError(howToGetNginx, 1)
  print(
    `${messages} messages of 1 kB, one every ${everyMs} ms. A mark stands where one arrived: a place is ${everyMs} ms.\n`,
  )
  for (const { title, file, more } of configurations) {
    print(colors.bold(title))
    const configuration = new URL(file, import.meta.url)
    for (const way of ways) {
      if (signal.aborted) return
      const seen = await through(way, configuration, { more }, signal)
      print(`  ${way.title.padEnd(33)} ${plot(seen)}`)
    }
    print('')
  }
}

/** One server of its own for each, behind an nginx of its own. */
export async function through(
  { client, server, isHttp2 }: Way,
  configuration: URL,
  options: Pick<NginxOptions, 'more'> = {},
  signal?: AbortSignal,
): Promise<Arrivals> {
  const feed = new Feed()
  const certificate = isHttp2 ? await localCertificate() : undefined
  await using started = await startServer(server, { feed })
  await using nginx = await Nginx.start(configuration, {
    ...options,
    lesson: started.url,
    certificate,
  })
  return await arrivals({
    lesson: client,
    url: nginx.url,
    feed,
    ca: certificate?.cert,
    messages,
    bytes,
    everyMs,
    signal,
  })
}

/** `||||`: a place is the time between two messages. More than one there is a number. */
function plot({ refused, lateMs }: Arrivals): string {
  if (refused !== undefined) return colors.red(refused)
  const there = lateMs.filter((late) => late !== undefined)
  const places: number[] = []
  for (const [n, late] of lateMs.entries())
    if (late !== undefined) {
      const place = n + Math.floor(late / everyMs)
      places[place] = (places[place] ?? 0) + 1
    }
  const marks = Array.from(places, (count = 0) =>
    count === 0 ? '·' : count === 1 ? '|' : count > 9 ? '#' : `${count}`,
  )
  const missing = lateMs.length - there.length
  const median = there.toSorted((a, b) => a - b)[there.length >> 1]
  const words = [
    median !== undefined && `median ${median.toFixed(1)} ms`,
    missing > 0 && `${missing} not before the answer ends`,
  ].filter(Boolean)
  return `${marks.join('').padEnd(messages)}  ${words.join(', ')}`
}
