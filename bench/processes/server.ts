// The process of the server under test. The application that publishes is part
// of it, as in production; the pacer that sets the schedule is a thread apart.

import type { Socket } from 'node:net'

import { Feed } from '../../lessons/feed.ts'
import { startServer } from '../../lessons/start.ts'
import { loadContestant } from '../contestants.ts'
import { clockFrom } from '../load/clock.ts'
import { encodeHistogram, newHistogram, record } from '../load/histogram.ts'
import { markBytes, markedData } from '../load/mark.ts'
import { Meter } from '../load/meter.ts'
import { Pacer } from '../load/pacer.ts'
import type { Usage } from '../result.ts'
import { answerCalls } from './calls.ts'

export interface ServerSettings {
  readonly contestant: string
  readonly epochNs: string
  readonly tls: boolean
  /** How many messages the feed keeps. */
  readonly history?: number
  /** The contestant's own, if absent. */
  readonly heartbeatMs?: number
  /** The address of a Redis that holds the feed; absent: it is in this process alone. */
  readonly redis?: string
}

/** Messages that are due by a schedule. */
export interface OpenLoad {
  /** The number of the first one. */
  readonly first: number
  readonly count: number
  readonly ratePerS: number
  readonly bytes: number
}

/** How the schedule was kept. */
export interface Published {
  readonly sent: number
  /** How late the pacer was: HDR histogram of ns. */
  readonly lateness: string
  readonly tookMs: number
  readonly usage: Usage
}

const settings: ServerSettings = JSON.parse(process.argv[2] ?? '')
const clock = clockFrom(settings.epochNs)
const meter = new Meter()
const pacer = new Pacer()
const feed = await openFeed(settings)
const sockets = new Set<Socket>()
/** Of connections that are closed. */
const closed = { bytesIn: 0, bytesOut: 0 }

const contestant = await loadContestant(settings.contestant)
// Like with like: no lesson speaks TLS here unless all do.
const { url, ca, server } = await startServer(
  { ...contestant, secure: false },
  {
    feed,
    certificate: settings.tls ? await certificate() : undefined,
    heartbeatMs: settings.heartbeatMs,
  },
)
server.on('connection', (socket: Socket) => {
  sockets.add(socket)
  socket.once('close', () => {
    sockets.delete(socket)
    closed.bytesIn += socket.bytesRead
    closed.bytesOut += socket.bytesWritten
  })
})

const handlers = {
  where: () => ({ url: url.href, ca }),

  /** A cursor before `count` messages that are published for it. */
  publishBefore({ count, bytes }: { count: number; bytes: number }): string {
    const cursor = feed.present
    for (let n = 0; n < count; n++)
      publish(markedData(n, clock(), clock(), bytes))
    return cursor
  },

  /** One message that no window counts: who receives it is subscribed. */
  probe(bytes: number): void {
    publish('~'.padEnd(markBytes, '9').padEnd(bytes, 'x'))
  },

  async publishOpen(load: OpenLoad): Promise<Published> {
    const { first, count, ratePerS, bytes } = load
    const lateness = newHistogram()
    let number = first
    let spunMs = 0
    meter.start()
    const startMs = performance.now()
    await pacer.run(
      { epochNs: settings.epochNs, ratePerS, count },
      ({ dueNs, saidNs, spunMs: spun }) => {
        spunMs = spun
        for (const due of dueNs) {
          record(lateness, saidNs - due)
          publish(markedData(number++, due, clock(), bytes))
        }
      },
    )
    return {
      sent: number - first,
      lateness: encodeHistogram(lateness),
      tookMs: performance.now() - startMs,
      usage: meter.read(spunMs),
    }
  },

  startSaturation,
  /** How many messages every subscriber has received: room for more. */
  acknowledge(number: number): void {
    acknowledged = Math.max(acknowledged, number)
    publishSome()
  },
  /** The number after the last one that was published. */
  stopSaturation(): number {
    saturating = false
    return published
  },

  startMeter: () => meter.start(),
  usage({ collect }: { collect: boolean }): Usage {
    // Only for a reading of memory: it takes time.
    if (collect) for (let n = 0; n < 3; n++) global.gc?.()
    return meter.read()
  },

  traffic() {
    const sum = { ...closed, connections: sockets.size }
    for (const { bytesRead, bytesWritten } of sockets) {
      sum.bytesIn += bytesRead
      sum.bytesOut += bytesWritten
    }
    return sum
  },
}

export type ServerCalls = typeof handlers

/** The library of Redis is loaded only where it is asked for. */
async function openFeed({ redis, history = 10_000 }: ServerSettings) {
  const options = { maxMessages: history }
  if (redis === undefined) return new Feed(options)
  const { RedisFeed } = await import(
    '../../lessons/12-scaling-out/redis-feed.ts'
  )
  return RedisFeed.open(new URL(redis), options)
}

/** What is refused is counted as lost where it does not arrive. */
function publish(data: string): void {
  const published = feed.publish(data)
  if (published instanceof Promise) published.catch(() => {})
}

/** Making certificates takes a library: loaded only where it is asked for. */
async function certificate() {
  const { localCertificate } = await import('../../lessons/certificate.ts')
  return localCertificate()
}

let saturating = false
let busy = false
let published = 0
let acknowledged = 0
let saturation = { first: 0, window: 0, bytes: markBytes }

/** Publishes as fast as everybody reads: at most `window` messages are on their way. */
function startSaturation(load: typeof saturation): void {
  saturation = load
  saturating = true
  published = acknowledged = load.first
  publishSome()
}

/** Rests while there is no room: a loop that spins would look like a busy server. */
function publishSome(): void {
  const { window, bytes } = saturation
  if (busy || !saturating) return
  // Some at a time: the loop has to serve its connections in between.
  for (let n = 0; n < 16 && published < acknowledged + window; n++) {
    const now = clock()
    publish(markedData(published++, now, now, bytes))
  }
  if (published >= acknowledged + window) return
  busy = true
  setImmediate(() => {
    busy = false
    publishSome()
  })
}

answerCalls(handlers)
