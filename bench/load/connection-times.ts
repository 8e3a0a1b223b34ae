// How long a new subscriber waits for its first message, and for what: TCP,
// TLS, the transport's own handshake, the message.

import { Socket } from 'node:net'

import type { NamedContestant } from '../contestant.ts'
import type { Clock } from './clock.ts'
import { encodeHistogram, newHistogram, record } from './histogram.ts'
import { ownReader, type ReaderOptions } from './reader.ts'

export interface ConnectLoad {
  readonly count: number
  /** How many are under way at the same time. */
  readonly atOnce: number
  /** Before the message that each of them waits for. */
  readonly after: string
  readonly deadlineMs: number
}

export interface Connected {
  readonly connected: number
  readonly tookMs: number
  /** HDR histograms of ns. `answer`: from a connection to the first sign of the transport; `message`: from there on. */
  readonly histograms: Readonly<Record<Phase, string>>
}

const phases = ['tcp', 'tls', 'answer', 'message', 'total'] as const
export type Phase = (typeof phases)[number]

/** Moments of the connection that is being made, ns since the epoch. */
interface Moments {
  started: number
  tcp?: number
  tls?: number
  open?: number
}

export async function timeConnections(
  contestant: NamedContestant,
  options: ReaderOptions,
  clock: Clock,
  { count, atOnce, after, deadlineMs }: ConnectLoad,
): Promise<Connected> {
  const histograms = Object.fromEntries(
    phases.map((phase) => [phase, newHistogram()]),
  ) as Record<Phase, ReturnType<typeof newHistogram>>
  const overdue = performance.now() + deadlineMs
  let started = 0
  let connected = 0
  const startNs = clock()

  const workers = Array.from({ length: atOnce }, async () => {
    while (started < count && performance.now() < overdue) {
      started++
      if (await connectOnce()) connected++
    }
  })
  await Promise.all(workers)
  return {
    connected,
    tookMs: (clock() - startNs) / 1e6,
    histograms: Object.fromEntries(
      phases.map((phase) => [phase, encodeHistogram(histograms[phase])]),
    ) as Record<Phase, string>,
  }

  async function connectOnce(): Promise<boolean> {
    const moments: Moments = { started: clock() }
    let message: number | undefined
    // Of several at once, nobody knows whose socket it is.
    const stopWatching = atOnce === 1 ? watchSockets(clock, moments) : () => {}
    let arrived = () => {}
    const reader = ownReader(
      contestant,
      {
        ...options,
        after,
        onState({ is }) {
          if (is === 'open') moments.open ??= clock()
        },
      },
      () => {
        message ??= clock()
        arrived()
      },
    )
    // The client connects as soon as it is read, which is now: sockets that
    // others make later are not taken for its own.
    await Promise.resolve()
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, overdue - performance.now())
      arrived = () => {
        clearTimeout(late)
        resolve()
      }
      if (message !== undefined) arrived()
    })
    stopWatching()
    await reader.close()
    if (message === undefined) return false

    const { started, tcp, tls, open } = moments
    record(histograms.total, message - started)
    if (tcp === undefined) return true
    const there = tls ?? tcp
    record(histograms.tcp, tcp - started)
    if (tls !== undefined) record(histograms.tls, tls - tcp)
    record(histograms.answer, (open ?? message) - there)
    record(histograms.message, message - (open ?? message))
    return true
  }
}

/**
 * Watches the sockets that are made until it is stopped: a client of whatever
 * transport makes one, and tells nobody.
 */
function watchSockets(clock: Clock, moments: Moments): () => void {
  const { connect } = Socket.prototype
  Socket.prototype.connect = function watched(
    this: Socket,
    ...details: unknown[]
  ) {
    this.once('connect', () => {
      moments.tcp ??= clock()
    })
    this.once('secureConnect', () => {
      moments.tls ??= clock()
    })
    return connect.apply(this, details as Parameters<typeof connect>)
  } as typeof connect
  return () => {
    Socket.prototype.connect = connect
  }
}
