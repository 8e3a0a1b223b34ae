// The two connections of a node to Redis: one waits for what comes next, for all
// subscribers of the node; the other one publishes. They begin and end together.

import { createClient } from 'redis'

import { formatPlace, nowhere, type Place, parsePlace } from './place.ts'
import { agreeScript, publishScript } from './scripts.ts'

/** How long the reader waits for the next message, before it asks again. */
const waitMs = 1_000

/** An answer that takes longer than it has to, by so much, will not come any more. */
const patienceMs = 2_000

/** Of messages, in one answer. */
const pageSize = 100

/** What the stream has. */
export interface Entry extends Place {
  /** Who published it, and its how manieth message that was. Absent in the entry that opens a feed. */
  readonly by?: string
  readonly data?: string
}

/** A message that a node publishes. */
export interface Outgoing {
  readonly node: string
  /** Its own count, from 1. */
  readonly number: number
  readonly data: string
  /** After this, Redis is not to publish it any more. */
  readonly expiresMs: number
}

type Client = ReturnType<typeof newClient>

export class RedisLink {
  readonly #stream: string
  readonly #reader: Client
  readonly #writer: Client
  #why: string | undefined

  private constructor(url: URL, stream: string) {
    this.#stream = stream
    this.#reader = newClient(url)
    this.#writer = newClient(url)
    // Whoever waits for an answer of it hears of it as well.
    for (const client of [this.#reader, this.#writer])
      client.on('error', (error: Error) => this.#break(error.message))
  }

  /** @throws Error with a sentence when nobody answers there, or no Redis that is new enough */
  static async open(url: URL, stream: string): Promise<RedisLink> {
    const link = new RedisLink(url, stream)
    try {
      const connecting = [link.#reader.connect(), link.#writer.connect()]
      await link.#answered(Promise.all(connecting))
      await link.#refuseOld(url)
      return link
    } catch (error) {
      link.close()
      throw new Error(explain(error, url), { cause: error })
    }
  }

  /** Neither answers any more what it was asked. */
  close(): void {
    this.#reader.destroy()
    this.#writer.destroy()
  }

  /** The last place of the feed that is in Redis from now on, and whether it is without what the node has: see the script. */
  async agree(last: Place, by: string) {
    const { openedMs, position } = last
    const asked = this.#writer.eval(agreeScript, {
      keys: [this.#stream],
      arguments: [`${openedMs}`, `${position}`, by],
    })
    const [id, isLost] = (await this.#answered(asked)) as [string, number]
    return { last: parsePlace(id), isLost: isLost === 1 }
  }

  /** Where the message is, or why it is nowhere: see the script. */
  async publish(
    { node, number, data, expiresMs }: Outgoing,
    { openedMs }: Place,
    maxMessages: number,
  ): Promise<Place | 'again' | 'late' | 'elsewhere'> {
    const asked = this.#writer.eval(publishScript, {
      keys: [this.#stream, `${this.#stream}:${node}`],
      arguments: [openedMs, maxMessages, expiresMs, node, number, data].map(
        String,
      ),
    })
    const answer = await this.#answered(asked)
    if (answer === 'again' || answer === 'late' || answer === 'elsewhere')
      return answer
    return parsePlace(String(answer))
  }

  /** The entries after `last`: waits for one if there is none, and may come back without. */
  async next(last: Place): Promise<Entry[]> {
    const asked = this.#reader.xRead(
      { key: this.#stream, id: formatPlace(last) },
      { BLOCK: waitMs, COUNT: pageSize },
    )
    const [stream] = (await this.#answered(asked, waitMs)) ?? []
    return stream?.messages.map(toEntry) ?? []
  }

  /** The entries up to `last`, the newest first. */
  async before(last: Place): Promise<Entry[]> {
    const id = formatPlace(last)
    const page = { COUNT: pageSize }
    const asked = this.#writer.xRevRange(this.#stream, id, '-', page)
    return ((await this.#answered(asked)) ?? []).map(toEntry)
  }

  /** The last place that was given out. */
  async last(): Promise<Place> {
    const one = { COUNT: 1 }
    const asked = this.#writer.xRevRange(this.#stream, '+', '-', one)
    const [last] = (await this.#answered(asked)) ?? []
    return last ? parsePlace(last.id) : nowhere
  }

  /** Takes the stream out of Redis. */
  async forget(): Promise<void> {
    await this.#answered(this.#writer.del(this.#stream))
  }

  /** Why it is broken, if it is. */
  get why(): string | undefined {
    return this.#why
  }

  #break(why: string): void {
    this.#why ??= why
    this.close()
  }

  /** What is silent for longer than it may be is given up: a connection that nobody has closed can be dead as well. */
  async #answered<Answer>(answer: Promise<Answer>, mayTakeMs = 0) {
    let late: NodeJS.Timeout | undefined
    const silence = new Promise<never>((_, reject) => {
      late = setTimeout(() => {
        const why = `it has been silent for ${patienceMs / 1_000} s`
        this.#break(why)
        reject(new Error(why))
      }, mayTakeMs + patienceMs)
    })
    try {
      return await Promise.race([answer, silence])
    } finally {
      clearTimeout(late)
    }
  }

  /** Only since version 7 Redis counts the entries of each feed by itself. */
  async #refuseOld(url: URL): Promise<void> {
    const info = await this.#answered(this.#writer.info('server'))
    const [, version = ''] = /^redis_version:(\S+)/m.exec(info) ?? []
    if (Number.parseInt(version, 10) >= 7) return
    throw new Error(
      `${hide(url)} is Redis ${version}; this takes Redis 7 or Valkey.`,
    )
  }
}

/** It does not connect again by itself: somebody has to look first what Redis has. */
function newClient(url: URL) {
  return createClient({
    url: url.href,
    disableOfflineQueue: true,
    socket: { reconnectStrategy: false },
  })
}

function toEntry(entry: { id: string; message: object }): Entry {
  return { ...parsePlace(entry.id), ...entry.message }
}

function explain(error: unknown, url: URL): string {
  const { code, message } = error as NodeJS.ErrnoException
  const where = hide(url)
  if (code === 'ECONNREFUSED' || code === 'ENOENT')
    return `No Redis listens at ${where}. Start one, or name another one with --feed.`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `There is no host ${url.hostname}. Name another Redis with --feed.`
  if (/^(WRONGPASS|NOAUTH)/.test(message))
    return `Redis at ${where} wants a user and a password: redis://user:password@${url.host}`
  if (message.startsWith(where)) return message
  return `Redis at ${where} does not answer: ${message}`
}

/** The address without the password. */
function hide(url: URL): string {
  return `${url.protocol}//${url.host}`
}
