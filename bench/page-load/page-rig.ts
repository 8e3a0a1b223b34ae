// The processes of one run: a server that delivers in one way, a link, and one
// who visits.

import { setTimeout as sleep } from 'node:timers/promises'

import type { LinkOptions } from '../link/link-options.ts'
import { CpuWatch } from '../machine/cpu-use.ts'
import { BenchProcess } from '../processes/child.ts'
import type { LinkCalls } from '../processes/link.ts'
import type { PageClientCalls } from '../processes/page-client.ts'
import type {
  PageServerCalls,
  PageServerSettings,
} from '../processes/page-server.ts'
import type { MachineUse, Usage } from '../result.ts'
import type { Event } from './server.ts'
import type { Visit } from './visit.ts'
import { deadlineMs, type VisitorOptions } from './visitor.ts'

export interface PageRigOptions
  extends Pick<VisitorOptions, 'client' | 'protocol'> {
  /** The way's id. */
  readonly way: string
  readonly link: LinkOptions
  readonly signal: AbortSignal
}

/** A visit, as all who took part in it saw it. */
export interface SeenVisit extends Visit {
  /** At the server, in its order. */
  readonly events: readonly Event[]
  /** That came to the client, with headers, frames and TLS. */
  readonly bytesDown: number
}

/** Shorter, and the system's ticks of 10 ms would be too coarse to tell of others. */
const leastWatchMs = 500

export class PageRig implements AsyncDisposable {
  readonly #server: BenchProcess<PageServerCalls>
  readonly #link: BenchProcess<LinkCalls>
  readonly #client: BenchProcess<PageClientCalls>
  readonly #signal: AbortSignal
  #url = ''

  private constructor({ way, link, signal }: PageRigOptions) {
    const settings: PageServerSettings = { way }
    this.#signal = signal
    this.#server = new BenchProcess('page-server.ts', { settings, signal })
    this.#link = new BenchProcess('link.ts', { settings: link, signal })
    this.#client = new BenchProcess('page-client.ts', {
      settings: {},
      signal,
      // It has a browser to end.
      endBy: 'SIGTERM',
    })
  }

  /**
   * Starts all of them. The page is visited once without the link: the first
   * visit compiles the code, and its files are another origin's.
   *
   * @throws Error when one of them does not start
   */
  static async start(options: PageRigOptions): Promise<PageRig> {
    const { client, protocol } = options
    const rig = new PageRig(options)
    try {
      const { url, ca } = await rig.#server.ask('where', undefined)
      rig.#url = await rig.#link.ask('leadTo', url)
      await rig.#client.ask('open', { client, protocol, ca })
      await rig.#client.ask('visit', { url }, 2 * deadlineMs)
      return rig
    } catch (error) {
      await rig[Symbol.asyncDispose]()
      throw error
    }
  }

  /** Over a new connection, and with what the client has kept of earlier ones. */
  async visit(thinkMs: number): Promise<SeenVisit> {
    await this.#link.ask('cut', undefined)
    await this.#server.ask('expectVisit', { thinkMs })
    const before = await this.#link.ask('bytesDown', undefined)
    const visit = await this.#client.ask(
      'visit',
      { url: this.#url },
      2 * deadlineMs,
    )
    const after = await this.#link.ask('bytesDown', undefined)
    const events = await this.#server.ask('events', undefined)
    return { ...visit, events, bytesDown: after - before }
  }

  /** Watches the machine and both ends while `work` runs. */
  async watch<Value>(work: () => Promise<Value>): Promise<
    {
      readonly value: Value
      readonly machine: MachineUse
    } & Readonly<Record<'server' | 'generator', Usage>>
  > {
    await this.#server.ask('startMeter', undefined)
    await this.#client.ask('startMeter', undefined)
    const watch = CpuWatch.start()
    const startMs = performance.now()
    const ownMs = await this.#cpuMs()
    const value = await work()
    const server = await this.#server.ask('usage', undefined)
    const generator = await this.#client.ask('usage', undefined)
    const restMs = leastWatchMs - (performance.now() - startMs)
    if (restMs > 0) await sleep(restMs, undefined, { signal: this.#signal })
    const machine = watch.stop((await this.#cpuMs()) - ownMs)
    return { value, machine, server, generator }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(
      [this.#client, this.#link, this.#server].map((one) =>
        one[Symbol.asyncDispose](),
      ),
    )
  }

  /** Of all our processes, with this one. */
  async #cpuMs(): Promise<number> {
    const all = await Promise.all([
      this.#server.ask('cpuMs', undefined),
      this.#link.ask('cpuMs', undefined),
      this.#client.ask('cpuMs', undefined),
    ])
    const { user, system } = process.cpuUsage()
    return all.reduce((sum, ms) => sum + ms, (user + system) / 1_000)
  }
}
