// Subscribers at all nodes, a publisher that asks each node in turn, and the
// account of what was lost and what came twice.

import { setMaxListeners } from 'node:events'

import lesson from '../../04-server-sent-events/index.ts'
import { parseCursor } from '../../cursor.ts'
import type { Message } from '../../feed.ts'
import type { Gap } from '../../lesson.ts'
import { every } from '../../shared/every.ts'
import { sleep } from '../../shared/sleep.ts'
import { subscribeAnywhere } from '../anywhere.ts'

export interface CrowdOptions {
  readonly subscribers: number
  /** The subscribers begin at them by turns. */
  readonly urls: readonly URL[]
  /** Where each of them begins. */
  readonly after: readonly string[]
  readonly ratePerS: number
  readonly heartbeatMs: number
}

export interface Account {
  /** Messages that a node has answered with 201. */
  readonly published: number
  /** Those that a node refused, with 503, or that none was there to take. */
  readonly refused: number
  /** Those of which nobody knows: the node did not live to answer. */
  readonly unanswered: number
  /** Of what was published, over all subscribers. */
  readonly lost: number
  /** Over all subscribers, as what came in the wrong place. */
  readonly twice: number
  /** How often a subscriber was told of a gap. */
  readonly gaps: number
  /** How often a subscriber went on at another node. */
  readonly moves: number
}

/** How long a publisher waits for its answer: a node refuses after 5 s. */
const answerMs = 8_000

type Answer = 'published' | 'refused' | 'none'

interface Subscriber {
  /** How often each message came, by its number. */
  readonly received: number[]
  last: Message | undefined
  twice: number
  gaps: number
}

export class Crowd {
  readonly #options: CrowdOptions
  readonly #leaving = new AbortController()
  readonly #subscribers: Subscriber[]
  readonly #reading: Promise<void>[]
  /** Who has answered each message, by its number. */
  readonly #answers: (Answer | undefined)[] = []
  readonly #publishing = new Set<Promise<void>>()
  #pausing = new AbortController()
  #moves = 0

  constructor(options: CrowdOptions) {
    this.#options = options
    setMaxListeners(0, this.#leaving.signal) // Every subscriber listens to it.
    this.#subscribers = Array.from({ length: options.subscribers }, () => {
      return { received: [], last: undefined, twice: 0, gaps: 0 }
    })
    this.#reading = this.#subscribers.map((one, index) =>
      this.#read(one, index),
    )
  }

  /** Publishes from now on. */
  begin(): void {
    this.#pausing = new AbortController()
    const pauseMs = 1_000 / this.#options.ratePerS
    every(pauseMs, this.#pausing.signal, () => this.#publish())
  }

  /** Ends publishing. Resolves when every answer is here, or will not come. */
  async pause(): Promise<void> {
    this.#pausing.abort()
    await Promise.all(this.#publishing)
  }

  /** Publishes one more, and resolves when all subscribers have it; false when some have not by then. */
  async allHaveTheLast(limitMs: number): Promise<boolean> {
    const late = AbortSignal.timeout(limitMs)
    let last: number
    do {
      if (late.aborted) return false
      last = this.#publish()
      await Promise.all(this.#publishing)
    } while (this.#answers[last] !== 'published')
    const isHere = (one: Subscriber) => one.received[last] !== undefined
    while (!this.#subscribers.every(isHere)) {
      if (late.aborted) return false
      await sleep(5)
    }
    return true
  }

  get account(): Account {
    const count = (answer: Answer) =>
      this.#answers.filter((one) => one === answer).length
    const sum = (number: (one: Subscriber) => number) =>
      this.#subscribers.reduce((total, one) => total + number(one), 0)
    return {
      published: count('published'),
      refused: count('refused'),
      unanswered: count('none'),
      lost: sum(({ received }) =>
        this.#answers.reduce(
          (lost, answer, n) =>
            answer === 'published' && received[n] === undefined
              ? lost + 1
              : lost,
          0,
        ),
      ),
      twice: sum(({ twice }) => twice),
      gaps: sum(({ gaps }) => gaps),
      moves: this.#moves,
    }
  }

  async close(): Promise<void> {
    this.#pausing.abort()
    this.#leaving.abort()
    await Promise.all([...this.#publishing, ...this.#reading])
  }

  async #read(one: Subscriber, index: number): Promise<void> {
    const { urls, after, heartbeatMs } = this.#options
    const first = index % urls.length
    const messages = subscribeAnywhere(
      lesson,
      [...urls.slice(first), ...urls.slice(0, first)],
      {
        after: after[first] ?? '',
        heartbeatMs,
        retryMs: 50,
        signal: this.#leaving.signal,
        onGap: (_gap: Gap) => {
          one.gaps++
        },
        onMove: () => {
          this.#moves++
        },
      },
    )
    for await (const message of messages) {
      const n = Number(message.data)
      if (one.received[n] !== undefined || isBefore(message, one.last))
        one.twice++
      one.received[n] = (one.received[n] ?? 0) + 1
      one.last = message
    }
  }

  /** Returns the number of the message. */
  #publish(): number {
    const { urls } = this.#options
    const n = this.#answers.length
    this.#answers.push(undefined)
    const first = n % urls.length
    const inTurn = [...urls.slice(first), ...urls.slice(0, first)]
    const answered = publish(inTurn, `${n}`).then((answer) => {
      this.#answers[n] = answer
      this.#publishing.delete(answered)
    })
    this.#publishing.add(answered)
    return n
  }
}

/** Asks the next node only where the one before has certainly not heard of it. */
async function publish(urls: readonly URL[], body: string): Promise<Answer> {
  for (const url of urls) {
    const messages = new URL('/messages', url)
    const signal = AbortSignal.timeout(answerMs)
    try {
      const answer = await fetch(messages, { method: 'POST', body, signal })
      await answer.text()
      return answer.ok ? 'published' : 'refused'
    } catch (error) {
      const { cause } = error as { cause?: NodeJS.ErrnoException }
      if (cause?.code !== 'ECONNREFUSED') return 'none'
    }
  }
  return 'refused'
}

/** Of one feed, whose ids only grow. */
function isBefore(one: Message, other: Message | undefined): boolean {
  const [a, b] = [parseCursor(one.id), parseCursor(other?.id ?? '')]
  return a?.feed === b?.feed && (a?.position ?? 0) <= (b?.position ?? 0)
}
