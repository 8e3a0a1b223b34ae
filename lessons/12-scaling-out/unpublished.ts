// The messages that a node has been asked to publish and has not yet seen in
// the feed. After a connection that broke nobody knows which of them Redis has
// taken: all are sent again, in their order, and Redis knows those that it has.

import type { Message } from '../feed.ts'
import { Refusal } from '../shared/refusal.ts'
import type { Outgoing } from './redis-link.ts'

/** What an answer may be under way. */
const graceMs = 250

/** One of them. */
export interface Waiting extends Outgoing {
  readonly published: Promise<Message>
  settle(outcome: Message | Refusal): void
}

export class Unpublished {
  readonly #node: string
  readonly #patienceMs: number
  /** By number, so in their order. */
  readonly #waiting = new Map<number, Waiting>()
  #count = 0

  /** @param node a name that no other node has, nor this one after a restart */
  constructor(node: string, patienceMs: number) {
    this.#node = node
    this.#patienceMs = patienceMs
  }

  /** In the order in which they came. */
  [Symbol.iterator](): Iterator<Waiting> {
    return this.#waiting.values()
  }

  add(data: string): Waiting {
    const number = ++this.#count
    const { promise, resolve, reject } = promiseOf<Message>()
    const expiresMs = Date.now() + this.#patienceMs
    const late = setTimeout(
      () => one.settle(tooLate(this.#patienceMs)),
      this.#patienceMs + graceMs,
    )
    const one: Waiting = {
      node: this.#node,
      number,
      data,
      expiresMs,
      published: promise,
      settle: (outcome) => {
        clearTimeout(late)
        this.#waiting.delete(number)
        if (outcome instanceof Refusal) reject(outcome)
        else resolve(outcome)
      },
    }
    this.#waiting.set(number, one)
    return one
  }

  /** Has been seen in the feed: one of this node, or of another. */
  seen(by: string, message: Message): void {
    const [node, number] = by.split(':')
    if (node === this.#node) this.#waiting.get(Number(number))?.settle(message)
  }

  refuseAll(): void {
    for (const one of this) one.settle(goneAway())
  }
}

/** @returns the Refusal (503) of a node that is closing */
export function goneAway(): Refusal {
  return new Refusal(503, 'This node is closing. Publish at another one.', {
    'retry-after': '1',
  })
}

/** @returns the Refusal (503) of a message that Redis did not take in time */
export function tooLate(patienceMs: number): Refusal {
  return new Refusal(
    503,
    `Redis has not taken the message within ${patienceMs / 1_000} s. Publish it again.`,
    { 'retry-after': '1' },
  )
}

function promiseOf<Value>() {
  let resolve: (value: Value) => void = () => {}
  let reject: (reason: unknown) => void = () => {}
  const promise = new Promise<Value>((keep, refuse) => {
    resolve = keep
    reject = refuse
  })
  return { promise, resolve, reject }
}
