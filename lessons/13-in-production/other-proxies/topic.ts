// `npm run lesson 13 -- other-proxies`: when messages arrive behind Caddy and
// behind HAProxy, where these are installed.

import { colors } from '../../../scripts/cli/colors.ts'
import { localCertificate } from '../../certificate.ts'
import { Feed } from '../../feed.ts'
import { startServer } from '../../start.ts'
import { type Arrivals, arrivals } from '../behind-nginx/arrivals.ts'
import { plot, steady } from '../behind-nginx/plot.ts'
import { type Way, ways } from '../behind-nginx/ways.ts'
import { print, type Topic } from '../topic.ts'
import { type OtherProxy, proxies } from './proxies.ts'

export default {
  about: 'when messages arrive behind Caddy and HAProxy',
  async run(signal) {
    const { messages, everyMs } = steady
    print(
      `${messages} messages of 1 kB, one every ${everyMs} ms. A mark stands where one arrived: a place is ${everyMs} ms.\n`,
    )
    for (const proxy of proxies) {
      print(colors.bold(proxy.title))
      if (proxy.find() === undefined) {
        print(`  ${proxy.howToGet}\n`)
        continue
      }
      for (const way of ways) {
        if (signal.aborted) return
        const seen = await through(way, proxy, signal)
        print(`  ${way.title.padEnd(33)} ${plot(seen)}`)
      }
      print('')
    }
  },
} satisfies Topic

/** One server of its own for each, behind a proxy of its own. */
export async function through(
  { client, server, isHttp2 }: Way,
  proxy: OtherProxy,
  signal?: AbortSignal,
): Promise<Arrivals> {
  const feed = new Feed()
  const certificate = isHttp2 ? await localCertificate() : undefined
  await using started = await startServer(server, { feed })
  await using running = await proxy.start({ lesson: started.url, certificate })
  return await arrivals({
    lesson: client,
    url: running.url,
    feed,
    ca: certificate?.cert,
    ...steady,
    signal,
  })
}
