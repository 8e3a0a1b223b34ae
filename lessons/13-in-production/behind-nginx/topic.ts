// `npm run lesson 13 -- behind-nginx`: when messages arrive that were published at a
// steady pace, for each transport and each configuration.

import { colors } from '../../../scripts/cli/colors.ts'
import { CommandError } from '../../../scripts/cli/command-error.ts'
import { localCertificate } from '../../certificate.ts'
import { Feed } from '../../feed.ts'
import { startServer } from '../../start.ts'
import { print, type Recording, type Topic } from '../topic.ts'
import { type Arrivals, arrivals } from './arrivals.ts'
import { findNginx, howToGetNginx, Nginx, type NginxOptions } from './nginx.ts'
import { plot, steady } from './plot.ts'
import { type Way, ways } from './ways.ts'

const { messages, everyMs } = steady

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
  record,
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

/** Of one transport: the others that do not end are just like it. */
async function record(signal: AbortSignal): Promise<Recording> {
  const way = ways.find(({ title }) => title === 'Server-Sent Events')
  if (way === undefined) throw new Error('There are no Server-Sent Events.')
  const [, buffering, right] = configurations
  const lines = []
  for (const { title, file, more } of [buffering, right].filter(
    (one) => one !== undefined,
  )) {
    const configuration = new URL(file, import.meta.url)
    const { lateMs } = await through(way, configuration, { more }, signal)
    const points = lateMs.flatMap((late, n) =>
      late === undefined
        ? []
        : [[(n * everyMs + late) / 1_000, n + 1] as const],
    )
    lines.push({ label: title, points })
  }
  return {
    title: 'Server-Sent Events behind nginx',
    shows: `When each of ${messages} messages of 1 kB arrives, of which one is published every ${everyMs} ms. Points above each other have come at once.`,
    hides:
      'The last message of the first line, which comes when its answer ends. And other sizes: with messages of 100 bytes, a burst is ten times as long in coming.',
    x: 'seconds',
    y: 'messages that have arrived',
    lines,
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
    ...steady,
    signal,
  })
}
