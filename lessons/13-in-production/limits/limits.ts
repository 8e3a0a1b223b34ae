// How much one client may have of a server, and what it is told beyond.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

import type { LessonServer } from '../../lesson.ts'
import { connectionsOf } from '../../shared/connections.ts'
import { Refusal } from '../../shared/refusal.ts'
import { pathOf } from '../../shared/router.ts'
import { inFront } from '../in-front.ts'
import { addressOf } from './address.ts'
import { Allowance, Allowances } from './allowance.ts'
import { slowDown } from './slow-down.ts'

// #region limits
export interface Limits {
  /** How many subscriptions an address may have at a time. */
  readonly subscriptions: number
  /** How many messages an address may publish a second with POST. */
  readonly publishesPerS: number
  /** How many bytes a second one WebSocket may send. */
  readonly bytesPerS: number
  /** How many bytes all connections may hold that nobody has read yet. */
  readonly heldBytes: number
  /** The addresses of your own proxies. */
  readonly proxies?: ReadonlySet<string>
}
// #endregion limits

/** Puts `limits` in front of a lesson's server. How long a message may be, its own options say. */
export function withLimits(server: LessonServer, limits: Limits): LessonServer {
  const sockets = connectionsOf(server)
  const subscriptions = new Map<string, number>()
  const allowances = new Allowances(
    () => new Allowance(limits.publishesPerS, limits.publishesPerS),
  )

  // #region check
  return inFront(server, (request, answer) => {
    const address = addressOf(request, limits.proxies)
    if (request.method === 'POST') return publish(address)
    if (pathOf(request) === '/messages') subscribe(address, answer)
    if (isUpgrade(request)) slowDown(request.socket, limits.bytesPerS)
  })

  function publish(address: string): void {
    const waitMs = allowances.of(address).take(performance.now())
    if (waitMs > 0)
      throw new Refusal(
        429,
        `You may publish ${limits.publishesPerS} messages a second, got more. Wait before you send this one again.`,
        { 'retry-after': `${Math.ceil(waitMs / 1_000)}` },
      )
  }

  function subscribe(address: string, answer: ServerResponse | Duplex): void {
    const count = subscriptions.get(address) ?? 0
    if (count >= limits.subscriptions)
      throw new Refusal(
        429,
        `An address may have ${limits.subscriptions} subscriptions at a time, got one more. Close one first.`,
        { 'retry-after': '10' },
      )
    if (heldBy(sockets) > limits.heldBytes)
      throw new Refusal(
        503,
        'The server holds all that it can for readers who are slow. Come back later.',
        { 'retry-after': '10' },
      )
    subscriptions.set(address, count + 1)
    answer.once('close', () => {
      const left = (subscriptions.get(address) ?? 0) - 1
      if (left > 0) subscriptions.set(address, left)
      else subscriptions.delete(address)
    })
  }
  // #endregion check
}

function isUpgrade({ headers }: IncomingMessage): boolean {
  return headers.upgrade !== undefined
}

function heldBy(sockets: ReadonlySet<Socket>): number {
  let bytes = 0
  for (const { writableLength } of sockets) bytes += writableLength
  return bytes
}
