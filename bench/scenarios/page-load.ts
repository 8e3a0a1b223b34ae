// How soon is a page there? Its style sheet, script and font, delivered in five
// ways, over a distance, by a server that takes its time.

import type { LinkOptions } from '../link/link-options.ts'
import { pageContestants, whyNot } from '../page-load/contestants.ts'
import { sizes } from '../page-load/page.ts'
import { PageRig, type SeenVisit } from '../page-load/page-rig.ts'
import type { Client } from '../page-load/visitor.ts'
import { wastedBytes } from '../page-load/waste.ts'
import type { Metric, View } from '../result.ts'
import type { OwnScenario, Variant } from '../scenario.ts'
import type { Settings } from '../settings.ts'

const rttsMs = [0, 20, 50, 100, 200]
const thinkTimesMs = [0, 100, 500]
/** Of the charts, where the other knob moves. */
const usual = { rttMs: 50, thinkMs: 100 }

const contestants = await pageContestants()
const inBytes = sum(Object.values(sizes))
/** What a client may keep: all but the page itself. */
const cacheable = Object.keys(sizes).filter((path) => path !== '/')

export default {
  title: 'Page load',
  question:
    'How long until a page and its style sheet are there, and how many bytes come in vain?',
  model: 'visit',
  metrics: [
    time('styleUs', 'page and style sheet there'),
    time('allUs', 'script and font there too'),
    bytes('wastedAgainBytes', 'bytes in vain, second visit'),
    time('pageUs', 'page there'),
    bytes('downBytes', 'bytes to the client'),
    bytes('wastedBytes', 'bytes in vain'),
    time('allAgainUs', 'all there, second visit'),
    bytes('downAgainBytes', 'bytes to the client, second visit'),
  ],
  shows:
    'The time from a client’s start, handshakes included, until it has the page and its style sheet; then the bytes of a second visit. Early Hints use the time in which the server thinks, as a push does: only where it thinks for less than a round trip is a push sooner. But a push sends again what the client has.',
  hides:
    'TCP’s slow start: the link is a proxy in user space that ends TCP, and lets the whole page through in one round trip, where a distance begins with 14 kB. A limit: where there is one, files that come too soon take it from others. That a client may refuse a push of what it has, which comes a round trip too late for small files. Chromium counts the work of its processes, too.',
  contestants,
  cannot: ({ id, sameAs }) => whyNot(find(sameAs ?? id)),
  variants: ({ link }) =>
    (link ? [link] : rttsMs.map(distance)).flatMap((at) =>
      thinkTimesMs.map((thinkMs) => variant(at, thinkMs)),
    ),
  views,
  // To start a browser takes longer than its visits: it is asked where a chart
  // shows it.
  skips: ({ id, sameAs }, { name }, settings) =>
    !ids('node').includes(sameAs ?? id) &&
    !views(settings).some(
      ({ of, variants }) =>
        of?.ids.includes(sameAs ?? id) && variants.includes(name),
    ),

  async run({ id, variant, link = distance(0), signal }) {
    if (link.by === 'nft')
      throw new Error(
        'No packets are dropped between a page and its visitor: leave out by=nft, and the link plays the losses.',
      )
    const { way, client } = find(id)
    const { thinkMs = 0 } = variant
    await using rig = await PageRig.start({
      way: way.id,
      protocol: way.protocol,
      client,
      link,
      signal,
    })
    const { value, ...evidence } = await rig.watch(async () => ({
      first: await rig.visit(thinkMs),
      second: await rig.visit(thinkMs),
    }))
    const first = figuresOf(value.first, [])
    const second = figuresOf(value.second, cacheable)
    return {
      figures: {
        ...first,
        allAgainUs: second.allUs,
        downAgainBytes: second.downBytes,
        wastedAgainBytes: second.wastedBytes,
      },
      load: {
        subscribers: 1,
        bytes: inBytes,
        tls: true,
        reader: 'own',
        page: { thinkMs, files: sizes },
      },
      evidence,
    }
  },
} satisfies OwnScenario

function figuresOf(seen: SeenVisit, cached: readonly string[]) {
  return {
    pageUs: seen.pageMs * 1_000,
    styleUs: seen.styleMs * 1_000,
    allUs: seen.allMs * 1_000,
    downBytes: seen.bytesDown,
    wastedBytes: wastedBytes(seen.events, cached),
  }
}

function find(id: string) {
  const found = contestants.find((one) => one.id === id)
  if (found !== undefined) return found
  const ids = contestants.map((one) => one.id).join(', ')
  throw new RangeError(`No page is delivered by "${id}", only by ${ids}.`)
}

function distance(rttMs: number): LinkOptions {
  return { rttMs, lossPercent: 0, by: 'proxy' }
}

function variant(link: LinkOptions, thinkMs: number): Variant {
  return { name: nameOf(link, thinkMs), link, thinkMs }
}

/** Numbers first, so that a chart can have them along an axis. */
function nameOf(link: LinkOptions, thinkMs: number): string {
  const { rttMs, kbitPerS, lossPercent } = link
  return [
    `${rttMs} ms RTT`,
    ...(kbitPerS ? [`${kbitPerS} kbit/s`] : []),
    ...(lossPercent ? [`${lossPercent} % loss`] : []),
    `${thinkMs} ms think time`,
  ].join(', ')
}

function views(settings: Settings): View[] {
  const { link = distance(usual.rttMs) } = settings
  const overThinkTime = thinkTimesMs.map((ms) => nameOf(link, ms))
  const overRtt = rttsMs.map((ms) => nameOf(distance(ms), usual.thinkMs))
  const ours = { name: 'our client', ids: ids('node') }
  const browser = { name: 'Chromium', ids: ids('chromium') }
  return [
    { metric: 'styleUs', variants: overThinkTime, of: ours },
    { metric: 'styleUs', variants: overThinkTime, of: browser },
    ...(settings.link
      ? []
      : [{ metric: 'styleUs', variants: overRtt, of: ours }]),
    { metric: 'allUs', variants: overThinkTime, of: ours },
    { metric: 'wastedAgainBytes', variants: [nameOf(link, usual.thinkMs)] },
  ]
}

/** Of the contestants with one kind of client. */
function ids(client: Client): string[] {
  return contestants.filter((one) => one.client === client).map(({ id }) => id)
}

function time(id: string, title: string): Metric {
  return { id, title, unit: 'us', better: 'lower' }
}

function bytes(id: string, title: string): Metric {
  return { id, title, unit: 'bytes', better: 'lower' }
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
