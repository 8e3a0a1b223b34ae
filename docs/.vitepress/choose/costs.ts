// What a load costs with a transport: formulas over what the benchmark measured.
// Every one stands in docs/choose.md as well; its tests hold it against figures
// that it was not made of.

/** What is asked. */
export interface Load {
  /** Seconds from one message to the next; every subscriber gets each. */
  readonly everyS: number
  /** Of a message's data. */
  readonly bytes: number
  readonly subscribers: number
  /** How late a message may be at most. */
  readonly withinS: number
  /** The network's round trip. */
  readonly rttMs: number
}

/** What was measured of one transport. */
export type Measured = MeasuredPoll | MeasuredPush

interface Common {
  readonly folder: string
  readonly title: string
  /** CPU time of one sign of life: a poll that finds nothing, or a heartbeat. */
  readonly beatUs: number
  /** Of the server, for each subscriber. */
  readonly residentKiB: number
}

/** The client asks in intervals. */
export interface MeasuredPoll extends Common {
  readonly delivery: 'poll'
  /** A poll, to the server. */
  readonly askBytes: number
  /** Its answer without a message. */
  readonly emptyBytes: number
  /** Its answer with messages, without them. */
  readonly fullBytes: number
  /** What stands around the data of each. */
  readonly aroundBytes: number
  /** CPU time of one more message in an answer. */
  readonly messageUs: number
}

/** The server sends when there is something. */
export interface MeasuredPush extends Common {
  readonly delivery: 'held' | 'stream'
  /** CPU time of a message to all subscribers, in us, by their number. */
  readonly fanOut: readonly Point[]
  /** What goes to the client with each message beside its data, by messages a second. */
  readonly around: readonly Point[]
  readonly askBytes: number
  /** Before a message has arrived, beyond its own way. */
  readonly roundTrips: number
  /** What goes to and fro while nothing happens. */
  readonly idleDownPerS: number
  readonly idleUpPerS: number
  readonly beatEveryS: number
  /** When the middle and the last subscriber have a message, in ms, by their number. */
  readonly middleMs: readonly Point[]
  readonly lastMs: readonly Point[]
}

/** A measured value at a position of the knob; `isBound`: it is at most that. */
export interface Point {
  readonly at: number
  readonly value: number
  readonly isBound?: boolean
}

export interface Costs {
  /** From the server to all clients. */
  readonly downPerS: number
  readonly upPerS: number
  /** CPUs of the server that are busy. */
  readonly cores: number
  readonly memoryKiB: number
  readonly usualDelayMs: number
  readonly mostDelayMs: number
  /** Our load generator was the limit where the delay was measured: it is at most that. */
  readonly isBound: boolean
  /** Whether the delay is within what was asked. */
  readonly keeps: boolean
  /** How long a polling client waits between two polls. */
  readonly intervalS?: number
}

/** More often than that nobody should poll. */
const shortestIntervalS = 0.1

export function costsOf(measured: Measured, load: Load): Costs {
  return measured.delivery === 'poll'
    ? pollCosts(measured, load, intervalFor(load))
    : pushCosts(measured, load)
}

/** The longest interval that keeps the delay, or the shortest that is sane. */
export function intervalFor({ withinS, rttMs }: Load): number {
  return Math.max(shortestIntervalS, withinS - (1.5 * rttMs) / 1_000)
}

export function pollCosts(
  measured: MeasuredPoll,
  load: Load,
  intervalS: number,
): Costs {
  const { everyS, bytes, subscribers: n, withinS, rttMs } = load
  const { askBytes, emptyBytes, fullBytes, aroundBytes } = measured
  const rate = 1 / everyS
  // The next wait starts when the answer is here.
  const cycleS = intervalS + rttMs / 1_000
  const full = Math.min(1, rate * cycleS)
  const answer = (1 - full) * emptyBytes + full * fullBytes
  const usPerS = measured.beatUs / cycleS + rate * measured.messageUs
  const mostDelayMs = cycleS * 1_000 + rttMs / 2
  return {
    downPerS: n * (answer / cycleS + rate * (bytes + aroundBytes)),
    upPerS: (n * askBytes) / cycleS,
    cores: (n * usPerS) / 1e6,
    memoryKiB: n * measured.residentKiB,
    usualDelayMs: (cycleS * 1_000) / 2 + rttMs / 2,
    mostDelayMs,
    isBound: false,
    keeps: mostDelayMs <= withinS * 1_000 + 0.001,
    intervalS,
  }
}

export function pushCosts(measured: MeasuredPush, load: Load): Costs {
  const { everyS, bytes, subscribers: n, withinS, rttMs } = load
  const rate = 1 / everyS
  const around = nearest(measured.around, rate)
  const beatUs = (n * measured.beatUs) / measured.beatEveryS
  const middle = between(measured.middleMs, n)
  const last = between(measured.lastMs, n)
  // An answer that ended the request: the next message may find nobody waiting.
  const away =
    measured.delivery === 'held' ? Math.min(1, (rate * rttMs) / 1_000) : 0
  const wayMs = rttMs / 2 + measured.roundTrips * rttMs
  const mostDelayMs =
    last.value + wayMs + (measured.delivery === 'held' ? rttMs : 0)
  return {
    downPerS: n * (rate * (bytes + around) + measured.idleDownPerS),
    upPerS: n * (rate * measured.askBytes + measured.idleUpPerS),
    cores: (rate * between(measured.fanOut, n).value + beatUs) / 1e6,
    memoryKiB: n * measured.residentKiB,
    usualDelayMs: middle.value + wayMs + (away * rttMs) / 2,
    mostDelayMs,
    isBound: last.isBound === true,
    keeps: mostDelayMs <= withinS * 1_000,
  }
}

/** The value that was measured at the nearest position, by ratio. */
export function nearest(points: readonly Point[], at: number): number {
  const distance = (point: Point) => Math.abs(Math.log(point.at / at))
  const [first] = [...points].sort((a, b) => distance(a) - distance(b))
  return first?.value ?? 0
}

/** On the lines from point to point, and on along the first and the last one. */
export function between(points: readonly Point[], at: number): Point {
  const after = points.findIndex((point) => point.at >= at)
  const end = after === -1 ? points.length - 1 : Math.max(1, after)
  const high = points[end] ?? points[0]
  const low = points[end - 1] ?? high
  if (high === undefined || low === undefined) return { at, value: 0 }
  const slope = high === low ? 0 : (high.value - low.value) / (high.at - low.at)
  return {
    at,
    value: low.value + slope * (at - low.at),
    isBound: high.isBound || low.isBound,
  }
}
