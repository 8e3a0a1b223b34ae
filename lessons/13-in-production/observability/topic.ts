// `npm run lesson 13 -- observability`: what the figures say while something
// happens to a server.

import { connect } from 'node:net'

import { colors } from '../../../scripts/cli/colors.ts'
import serverSentEvents from '../../04-server-sent-events/index.ts'
import { Feed } from '../../feed.ts'
import { sleep } from '../../shared/sleep.ts'
import { listen } from '../../start.ts'
import { print, type Topic } from '../topic.ts'
import { metricsServer } from './metrics-server.ts'
import { observe } from './observe.ts'

export default {
  about: 'figures for Prometheus, and what changes in them when (stays)',
  async run(signal) {
    const over = new AbortController()
    signal.addEventListener('abort', () => over.abort())
    const feed = new Feed({ maxMessages: 100 })
    const observed = observe(feed, serverSentEvents.serve, over.signal)
    await using pushing = await listen(observed.server, 0, '127.0.0.1')
    const metrics = metricsServer(observed.registry)
    await using telling = await listen(metrics, 0, '127.0.0.1')
    const figures = new URL('/metrics', telling.url)
    let before = await scrape(figures)
    print('What is different in /metrics after each thing that happens.\n')

    /** What is different since the last time. */
    const show = async (what: string) => {
      await sleep(300, signal)
      const now = await scrape(figures)
      print(colors.bold(what))
      for (const [name, value] of now)
        if (before.get(name) !== value) print(`  ${name} ${value}`)
      before = now
    }
    const publish = (messages: number, bytes: number) => {
      for (let n = 0; n < messages; n++) feed.publish('.'.repeat(bytes))
    }
    const subscribe = (after?: string) => {
      const left = new AbortController()
      over.signal.addEventListener('abort', () => left.abort())
      const reading = (async () => {
        const { signal } = left
        const options = { after, signal, onGap: () => {} }
        for await (const _ of serverSentEvents.subscribe(pushing.url, options));
      })()
      return () => {
        left.abort()
        return reading
      }
    }

    try {
      const start = feed.present
      const leave = subscribe()
      subscribe()
      await show('Two subscribers')
      publish(50, 1_000)
      await show('50 messages')
      await leave()
      await show('One of the two leaves')
      subscribe(feed.present)
      await show('and comes back with its cursor')
      const { port, hostname } = pushing.url
      const lazy = connect(Number(port), hostname).pause()
      lazy.write('GET /messages HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n')
      await show('One comes who reads nothing')
      publish(80, 500_000)
      await sleep(2_000, signal)
      await show('80 messages of 500 kB, and two seconds')
      lazy.destroy()
      await show('It leaves')
      publish(100, 1_000)
      await show('100 messages, as many as are kept')
      subscribe(start)
      await show('One comes back who has seen none of them')
      if (signal.aborted) return
      print(`\nTo look at all of them: curl ${figures}\nCtrl-C ends it.`)
      while (!signal.aborted) {
        publish(1, 1_000)
        await sleep(1_000, signal)
      }
    } finally {
      over.abort()
    }
  },
} satisfies Topic

/** The lines about pushing; those about the process change all the time. */
async function scrape(url: URL): Promise<Map<string, string>> {
  const text = await (await fetch(url)).text()
  const lines = text.split('\n').filter((line) => line.startsWith('push_'))
  return new Map(
    lines.map((line) => {
      const [name = '', value = ''] = line.split(' ')
      return [name, Number(value) < 1 ? value.slice(0, 4) : value.slice(0, 8)]
    }),
  )
}
