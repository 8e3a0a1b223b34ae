// The process of the subscribers, and of nothing else: it receives, records,
// and knows how busy it was itself.

import type { ConnectionState } from '../../lessons/lesson.ts'
import { loadContestant } from '../contestants.ts'
import { clockFrom } from '../load/clock.ts'
import { timeConnections } from '../load/connection-times.ts'
import { echoes } from '../load/echoes.ts'
import { Flood } from '../load/flood.ts'
import { leanReader, NotLean } from '../load/lean-reader.ts'
import { Meter } from '../load/meter.ts'
import { ownReader, type Reader, type ReaderOptions } from '../load/reader.ts'
import { type Received, Window } from '../load/window.ts'
import type { Usage } from '../result.ts'
import { answerCalls } from './calls.ts'

export interface GeneratorSettings {
  readonly contestant: string
  readonly epochNs: string
  /** `lean` where the contestant can be read so; else its own client. */
  readonly reader: 'own' | 'lean'
  readonly pollEveryMs: number
  /** The contestant's own, if absent. */
  readonly heartbeatMs?: number
  /** Keeps when each message came and what the connection did, for `trace`. */
  readonly trace?: boolean
  /** Wastes this share of the event loop: for the self-test. */
  readonly starve?: number
}

/** What happened to the first subscriber, in ns since the epoch. */
export type TraceEntry = readonly [
  atNs: number,
  what: 'message' | ConnectionState['is'],
]

const settings: GeneratorSettings = JSON.parse(process.argv[2] ?? '')
const clock = clockFrom(settings.epochNs)
const contestant = await loadContestant(settings.contestant)
const meter = new Meter()
const readers: Reader[] = []
const silent = new Set<number>()
const reached = new Set<number>()
const traced: TraceEntry[] = []
let kind = settings.reader
let window: Window | undefined
let flood: Flood | undefined
let failure: unknown

let options: ReaderOptions = {
  url: new URL('http://127.0.0.1/'),
  pollEveryMs: settings.pollEveryMs,
  heartbeatMs: settings.heartbeatMs,
}

if (settings.starve) starve(settings.starve)

const handlers = {
  /** Where the server, or the link to it, is. */
  target({ url, ca }: { url: string; ca?: string }): void {
    options = { ...options, url: new URL(url), ca }
  },

  /** Adds subscribers until there are `count`. Tells which kind they are. */
  async open({ count, atOnce }: { count: number; atOnce: number }) {
    while (readers.length < count) {
      const batch = Math.min(atOnce, count - readers.length)
      const opening = Array.from({ length: batch }, (_, n) =>
        subscribe(readers.length + n),
      )
      readers.push(...(await Promise.all(opening)))
    }
    return kind
  },

  /** How many subscribers have received anything since the last call with `again`. */
  reached({ again }: { again: boolean }): number {
    if (failure) throw failure
    if (again) reached.clear()
    return reached.size
  },

  /** From now on messages `first` to `first + count - 1` count. */
  startWindow({ first, count }: { first: number; count: number }): void {
    window?.close()
    window = new Window(clock, first, count, readers.length, silent)
    meter.start()
  },

  /** Waits until all is here, or for `deadlineMs`. */
  async endWindow({
    deadlineMs,
  }: {
    deadlineMs: number
  }): Promise<
    Received & { usage: Usage; middle: ReturnType<Window['middle']> }
  > {
    if (window === undefined) throw new Error('There is no window to end.')
    await window.complete(deadlineMs)
    if (failure) throw failure
    const usage = meter.read()
    return { ...window.read(), usage, middle: window.middle() }
  },

  startFlood({ first, count }: { first: number; count: number }): void {
    window = undefined
    flood = new Flood(first, count, readers.length)
    meter.start()
  },

  flood() {
    if (failure) throw failure
    if (flood === undefined) throw new Error('There is no flood to ask about.')
    const { received, progress } = flood
    return { received, progress, atNs: clock(), usage: meter.read() }
  },

  endFlood({ end }: { end: number }) {
    if (flood === undefined) throw new Error('There is no flood to end.')
    return flood.counts(end)
  },

  pause({ subscriber }: { subscriber: number }): void {
    silent.add(subscriber)
    readers[subscriber]?.pause()
  },

  resume({ subscriber }: { subscriber: number }): void {
    silent.delete(subscriber)
    readers[subscriber]?.resume()
  },

  startMeter: () => meter.start(),
  usage: (): Usage => meter.read(),

  trace: (): TraceEntry[] => traced,
  now: (): number => clock(),

  echo: (load: Parameters<typeof echoes>[3]) =>
    echoes(contestant, options, clock, load),

  connect: (load: Parameters<typeof timeConnections>[3]) =>
    timeConnections(contestant, options, clock, load),

  async close(): Promise<void> {
    await Promise.all(readers.splice(0).map((reader) => reader.close()))
  },

  /** For the bounds of the difference to the parent's clock. */
  hrtime: (): string => String(process.hrtime.bigint()),
}

export type GeneratorCalls = typeof handlers

async function subscribe(subscriber: number): Promise<Reader> {
  const onMark = (number: number, dueNs: number, publishedNs: number) => {
    if (window) window.receive(subscriber, number, dueNs, publishedNs)
    else if (flood) flood.receive(subscriber, number)
    if (window === undefined || settings.trace) reached.add(subscriber)
    if (settings.trace && subscriber === 0) traced.push([clock(), 'message'])
  }
  const onState = ({ is }: ConnectionState) => {
    if (settings.trace && subscriber === 0) traced.push([clock(), is])
  }
  const reader = await openReader(onMark, onState)
  reader.failed.catch((error) => {
    failure ??= error
  })
  return reader
}

async function openReader(
  onMark: Parameters<typeof ownReader>[2],
  onState: ReaderOptions['onState'],
): Promise<Reader> {
  if (kind === 'lean') {
    try {
      return await leanReader(contestant, options, onMark)
    } catch (error) {
      if (!(error instanceof NotLean) || readers.length > 0) throw error
      kind = 'own'
    }
  }
  return ownReader(contestant, { ...options, onState }, onMark)
}

/** Burns a share of every 10 ms. */
function starve(share: number): void {
  setInterval(() => {
    const until = performance.now() + 10 * share
    while (performance.now() < until);
  }, 10)
}

answerCalls(handlers)
