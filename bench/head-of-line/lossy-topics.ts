// Topics over a distance, on which one packet is lost when it is asked for.

import { setTimeout as sleep } from 'node:timers/promises'

import { EmulatedLink } from '../link/emulated-link.ts'
import type { LinkOptions } from '../link/link-options.ts'
import { lossOf, type SeenLoss, type SeenMessage } from './loss.ts'
import { type OpenTopics, topicsOf, type Way } from './way.ts'

const topics = 4
/** More than any packet has that only acknowledges. */
const data = '.'.repeat(200)
/** Over all topics, which take turns. */
const everyMs = 5
/** Longer than a repair takes that nobody asks for. */
const deadlineMs = 5_000

export class LossyTopics implements AsyncDisposable {
  readonly #rttMs: number
  readonly #opened: AsyncDisposable[] = []
  readonly #seen = new Map<number, SeenMessage>()
  #topics: OpenTopics | undefined
  #loses = false
  #sent = 0
  #arrived = 0

  private constructor({ rttMs }: LinkOptions) {
    this.#rttMs = rttMs
  }

  /** @throws Error when the way does not open */
  static async open(way: Way, options: LinkOptions): Promise<LossyTopics> {
    const opened = new LossyTopics(options)
    try {
      await opened.#open(way, options)
      return opened
    } catch (error) {
      await opened[Symbol.asyncDispose]()
      throw error
    }
  }

  async #open(way: Way, options: LinkOptions): Promise<void> {
    const link = async (target: URL) => {
      const opened = await EmulatedLink.to(target, options, (bytes) =>
        this.#lose(bytes),
      )
      this.#opened.push(opened)
      return opened.url
    }
    const opening = way.open({
      topics,
      link,
      arrived: ({ n }) => {
        const message = this.#seen.get(n)
        if (message === undefined) throw new Error(`Message ${n} came twice.`)
        message.arrivedMs = performance.now()
        message.place = this.#arrived++
      },
    })
    this.#topics = await opening
    this.#opened.push(this.#topics)
    // Compiled code, and windows that are open.
    await this.#burst()
  }

  /**
   * Loses the packet with the first message of topic 0, while messages of all
   * topics follow it.
   *
   * @throws Error when one does not come, or another packet was lost
   */
  async loseOne(): Promise<SeenLoss> {
    this.#loses = true
    const messages = await this.#burst()
    if (this.#loses) throw new Error('No packet was lost.')
    return lossOf(messages, this.#rttMs)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const one of this.#opened.toReversed())
      await one[Symbol.asyncDispose]()
  }

  /** One packet: the next to the client that has a message in it. */
  #lose(bytes: number): boolean {
    if (!this.#loses || bytes < data.length) return false
    this.#loses = false
    return true
  }

  /** As many messages as leave within four RTTs, once everything before has come. */
  async #burst(): Promise<SeenMessage[]> {
    this.#seen.clear()
    this.#arrived = 0
    // ACKs of what came last are under way, and are not to be what is lost.
    await sleep(100 + this.#rttMs)
    const turns = Math.ceil((4 * this.#rttMs) / everyMs / topics)
    for (let turn = 0; turn < turns; turn++)
      for (const topic of topicsOf({ topics })) {
        const n = this.#sent++
        this.#seen.set(n, { topic, sentMs: performance.now() })
        this.#topics?.send({ topic, n, data })
        await sleep(everyMs)
      }
    const messages = [...this.#seen.values()]
    const lateMs = performance.now() + deadlineMs
    while (this.#arrived < messages.length) {
      if (performance.now() > lateMs)
        throw new Error(
          `${messages.length} messages must arrive, got ${this.#arrived} in ${deadlineMs} ms.`,
        )
      await sleep(5)
    }
    return messages
  }
}
