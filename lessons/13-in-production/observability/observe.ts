// Figures about a server that pushes, for Prometheus to fetch. The lesson is the
// same as before: it is looked at from outside, through its feed and its server.

import type { Socket } from 'node:net'

import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'

import type { Feed } from '../../feed.ts'
import type { LessonServer } from '../../lesson.ts'
import { connectionsOf } from '../../shared/connections.ts'
import { Refusal } from '../../shared/refusal.ts'
import { view } from '../../shared/view.ts'
import { onAnswer } from './answers.ts'
import { Followers } from './followers.ts'

/** Who waits for a message that is older is late. */
const lateMs = 10_000

export interface Observed {
  /** The lesson's server, of a feed that counts who follows it. */
  readonly server: LessonServer
  /** What to answer who asks for the figures. */
  readonly registry: Registry
}

/** @param signal ends the counting */
export function observe(
  feed: Feed,
  serve: (feed: Feed) => LessonServer,
  signal: AbortSignal,
): Observed {
  const registry = new Registry()
  const registers = [registry]
  const counter = (name: string, help: string) =>
    new Counter({ name, help, registers })
  // Looked up when somebody asks: it costs nothing in between.
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value())
      },
    })
  collectDefaultMetrics({ register: registry })

  // #region metrics
  const gaps = counter(
    'push_gaps_total',
    'Times that a subscriber lost messages for good.',
  )
  const followers = new Followers(feed, signal, () => gaps.inc())
  gauge(
    'push_subscribers',
    'Those who follow the feed now.',
    () => followers.count,
  )
  gauge(
    'push_late_subscribers',
    `Those who wait for a message older than ${lateMs / 1_000} s.`,
    () => followers.late(lateMs, Date.now()),
  )
  gauge(
    'push_lag_messages',
    'How far the slowest is behind.',
    () => followers.lagMessages,
  )
  gauge(
    'push_lag_seconds',
    'How old the message is that the slowest gets next.',
    () => followers.lagMs(Date.now()) / 1_000,
  )
  const deliveries = counter(
    'push_deliveries_total',
    'Messages handed to a connection.',
  )
  const messages = counter('push_messages_total', 'Messages of the feed.')
  const reconnects = counter(
    'push_reconnects_total',
    'Subscriptions that went on after a cursor.',
  )
  // #endregion metrics

  void feed.follow(feed.present, signal, () => void messages.inc())

  const observed = view(feed, {
    locate(cursor) {
      if (cursor !== undefined && cursor !== null) reconnects.inc()
      try {
        const start = feed.locate(cursor)
        if (cursor && start !== cursor) gaps.inc()
        return start
      } catch (error) {
        // A feed that is gone: its client is told where this one starts.
        if (error instanceof Refusal && error.headers['feed-start']) gaps.inc()
        throw error
      }
    },
    follow: (cursor, gone, deliver) =>
      followers.follow(cursor, gone, (message) => {
        deliveries.inc()
        return deliver(message)
      }),
  })

  const server = serve(observed)
  const sockets = connectionsOf(server)
  gauge('push_connections', 'Connections that are open.', () => sockets.size)
  gauge('push_buffered_bytes', 'What they hold that nobody has read.', () =>
    heldBy(sockets),
  )
  const refusals = new Counter({
    name: 'push_refusals_total',
    help: 'Requests that were answered with 400 and above.',
    labelNames: ['status'],
    registers,
  })
  onAnswer(server, (status) => {
    if (status >= 400) refusals.inc({ status })
  })
  return { server, registry }
}

function heldBy(sockets: ReadonlySet<Socket>): number {
  let bytes = 0
  for (const { writableLength } of sockets) bytes += writableLength
  return bytes
}
