// The processes of one run, and what scenarios do with them: subscribe, warm
// up, send a window of messages and account for each.

import { setTimeout as sleep } from 'node:timers/promises'

import type { NamedContestant } from './contestant.ts'
import type { LinkOptions } from './link/link-options.ts'
import { PrivateNetwork } from './link/namespace.ts'
import type { Received } from './load/window.ts'
import { CpuWatch } from './machine/cpu-use.ts'
import { BenchProcess, type ChildOptions } from './processes/child.ts'
import type {
  GeneratorCalls,
  GeneratorSettings,
} from './processes/generator.ts'
import type { LinkCalls } from './processes/link.ts'
import type { ServerCalls, ServerSettings } from './processes/server.ts'
import type { Counts, MachineUse, Usage } from './result.ts'
import type { Evidence } from './verdict.ts'

export interface RigOptions {
  readonly contestant: NamedContestant
  readonly tls: boolean
  readonly pollEveryMs: number
  readonly signal: AbortSignal
  /** `lean` where the contestant can be read so; the contestant's own client, if absent. */
  readonly reader?: 'own' | 'lean'
  readonly link?: LinkOptions
  /** Messages that the feed keeps: 10,000 if absent. */
  readonly history?: number
  /** On both sides; each contestant's own, if absent. */
  readonly heartbeatMs?: number
  readonly trace?: boolean
  /** How many servers there are, behind which the subscribers stand in equal parts: 1. */
  readonly nodes?: number
  /** The feed that the servers share. */
  readonly redis?: { readonly url: URL; cpuMs(): Promise<number> }
  /** For the self-test: wastes this share of the generator's event loop. */
  readonly starve?: number
}

/** Messages that are due by a schedule. */
export interface WindowLoad {
  readonly ratePerS: number
  readonly seconds: number
  readonly bytes: number
}

/** What became of a window of messages. */
export interface Delivery {
  readonly counts: Counts
  readonly histograms: Received['histograms'] & { readonly lateness: string }
  /** CPU time of the server while the messages were due, for each delivery. */
  readonly serverUsPerDelivery: number
  /** CPU time of Redis for each message; 0 without. */
  readonly redisUsPerMessage: number
  readonly evidence: Evidence
}

/** How long messages may be under way after the last one was due. */
const drainMs = 3_000

export class Rig implements AsyncDisposable {
  readonly contestant: NamedContestant
  /** The one that publishes. */
  readonly server: BenchProcess<ServerCalls>
  readonly generator: BenchProcess<GeneratorCalls>
  readonly link: BenchProcess<LinkCalls> | undefined
  /** Which kind of reader the subscribers are, once there are some. */
  reader: 'own' | 'lean' = 'own'
  readonly #others: readonly BenchProcess<ServerCalls>[]
  readonly #redis: RigOptions['redis']
  readonly #network: PrivateNetwork | undefined
  readonly #signal: AbortSignal
  /** Where subscribers go. */
  #targets: readonly { url: string; ca?: string }[] = []
  #subscribers = 0
  /** The number of the next message. */
  #next = 1_000

  private constructor(
    options: RigOptions,
    processes: {
      servers: readonly [
        BenchProcess<ServerCalls>,
        ...BenchProcess<ServerCalls>[],
      ]
      generator: BenchProcess<GeneratorCalls>
      link: BenchProcess<LinkCalls> | undefined
      network: PrivateNetwork | undefined
    },
  ) {
    this.contestant = options.contestant
    this.#signal = options.signal
    const [server, ...others] = processes.servers
    this.server = server
    this.#others = others
    this.#redis = options.redis
    this.generator = processes.generator
    this.link = processes.link
    this.#network = processes.network
  }

  /**
   * Starts the server, the link if there is one, and the generator; nobody
   * subscribes yet.
   *
   * @throws Error when one of them does not start
   */
  static async start(options: RigOptions): Promise<Rig> {
    const { contestant, signal, link: linkOptions, heartbeatMs } = options
    const { nodes = 1, redis } = options
    const epochNs = String(process.hrtime.bigint())
    const network =
      linkOptions?.by === 'nft' ? await PrivateNetwork.open() : undefined
    const start = <Settings>(settings: Settings): ChildOptions => ({
      settings,
      signal,
      prefix: network?.enter,
    })
    const newServer = () =>
      new BenchProcess<ServerCalls>(
        'server.ts',
        start<ServerSettings>({
          contestant: contestant.sameAs ?? contestant.id,
          epochNs,
          tls: options.tls,
          history: options.history,
          redis: redis?.url.href,
          // A lean reader answers no ping, and reads for some seconds only.
          heartbeatMs:
            heartbeatMs ?? (options.reader === 'lean' ? 600_000 : undefined),
        }),
      )
    const generator = new BenchProcess<GeneratorCalls>(
      'generator.ts',
      start<GeneratorSettings>({
        contestant: contestant.sameAs ?? contestant.id,
        epochNs,
        reader: options.reader ?? 'own',
        pollEveryMs: options.pollEveryMs,
        heartbeatMs,
        trace: options.trace,
        starve: options.starve,
      }),
    )
    const link = linkOptions
      ? new BenchProcess<LinkCalls>('link.ts', start(linkOptions))
      : undefined
    const others = Array.from({ length: nodes - 1 }, newServer)
    const servers = [newServer(), ...others] as const
    const rig = new Rig(options, { servers, generator, link, network })
    try {
      const targets = await Promise.all(
        servers.map(async (server) => {
          const { url, ca } = await server.ask('where', undefined)
          return { url: link ? await link.ask('leadTo', url) : url, ca }
        }),
      )
      rig.#targets = targets
      const [first] = targets
      if (first) await generator.ask('target', first)
      if (network && linkOptions && first)
        await network.dropPackets(
          Number(new URL(first.url).port),
          linkOptions.lossPercent,
        )
      return rig
    } catch (error) {
      await rig[Symbol.asyncDispose]()
      throw error
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([
      this.generator[Symbol.asyncDispose](),
      this.link?.[Symbol.asyncDispose](),
      this.server[Symbol.asyncDispose](),
      ...this.#others.map((other) => other[Symbol.asyncDispose]()),
    ])
    await this.#network?.[Symbol.asyncDispose]()
  }

  /**
   * Adds subscribers until there are `count`, and waits until each has received
   * something: a connection alone is no subscription.
   *
   * @throws Error when some do not within 20 s
   */
  async subscribe(count: number, atOnce = 50): Promise<void> {
    for (const [index, target] of this.#targets.entries()) {
      if (this.#others.length > 0) await this.generator.ask('target', target)
      const upTo = Math.round((count * (index + 1)) / this.#targets.length)
      this.reader = await this.generator.ask('open', { count: upTo, atOnce })
    }
    this.#subscribers = count
    const overdue = performance.now() + 20_000
    let again = true
    for (;;) {
      await this.server.ask('probe', 64)
      // Probes cost as well: many subscribers get few.
      await sleep(20 + count / 10, undefined, { signal: this.#signal })
      const reached = await this.generator.ask('reached', { again })
      if (!again && reached >= count) break
      again = false
      if (performance.now() > overdue)
        throw new Error(`Only ${reached} of ${count} subscribers receive.`)
    }
    // The last probes arrive.
    await sleep(50, undefined, { signal: this.#signal })
  }

  /** Sends messages by a schedule that waits for nobody. */
  async window(load: WindowLoad): Promise<Delivery & { middle: Middle }> {
    const { ratePerS, seconds, bytes } = load
    const count = Math.max(1, Math.round(ratePerS * seconds))
    const first = this.#next
    this.#next += count
    await this.generator.ask('startWindow', { first, count })
    const watch = CpuWatch.start()
    const own = process.cpuUsage()
    const beside = await this.#startBeside()
    const takesMs = seconds * 1_000
    const published = await this.server.ask(
      'publishOpen',
      { first, count, ratePerS, bytes },
      // A server that is overloaded takes its time.
      10 * takesMs + 30_000,
    )
    const ended = await this.generator.ask(
      'endWindow',
      { deadlineMs: drainMs },
      drainMs + 30_000,
    )
    const server = await this.server.ask('usage', { collect: false })
    const { user, system } = process.cpuUsage(own)
    const { nodesMs, redisMs } = await beside()
    const serversMs = server.cpuMs + nodesMs
    const machine = watch.stop(
      serversMs + redisMs + ended.usage.cpuMs + (user + system) / 1_000,
    )
    const { usage: generator, middle, histograms, ...received } = ended
    const counts: Counts = {
      offered: count,
      sent: published.sent,
      expected: published.sent * this.#subscribers,
      ...received,
    }
    return {
      middle,
      counts,
      histograms: { ...histograms, lateness: published.lateness },
      serverUsPerDelivery:
        ((published.usage.cpuMs + nodesMs) * 1_000) /
        Math.max(1, received.received),
      redisUsPerMessage: (redisMs * 1_000) / Math.max(1, published.sent),
      evidence: {
        server: published.usage,
        generator,
        machine,
        counts,
        lateness: published.lateness,
        latency: histograms.due,
        scheduleS: { planned: seconds, took: published.tookMs / 1_000 },
      },
    }
  }

  /**
   * Sends windows until two in a row have the same median latency: within a
   * tenth, or within what chance explains.
   */
  async warmUp(
    load: WindowLoad,
    mostWindows = 6,
  ): Promise<{ windows: number; settled: boolean }> {
    let last: Middle | undefined
    for (let windows = 1; windows <= mostWindows; windows++) {
      const { middle } = await this.window(load)
      if (last && isSame(last, middle)) return { windows, settled: true }
      last = middle
    }
    return { windows: mostWindows, settled: false }
  }

  /** Takes numbers for messages that a scenario counts itself. */
  takeNumbers(count: number): number {
    const first = this.#next
    this.#next += count
    return first
  }

  /** Watches the machine and both processes while `work` runs. */
  async watch<Value>(
    work: () => Promise<Value>,
  ): Promise<
    { value: Value; machine: MachineUse } & Record<
      'server' | 'generator',
      Usage
    >
  > {
    await Promise.all([
      this.server.ask('startMeter', undefined),
      this.generator.ask('startMeter', undefined),
    ])
    const watch = CpuWatch.start()
    const own = process.cpuUsage()
    const beside = await this.#startBeside()
    const value = await work()
    const [server, generator] = await Promise.all([
      this.server.ask('usage', { collect: false }),
      this.generator.ask('usage', undefined),
    ])
    const { user, system } = process.cpuUsage(own)
    const { nodesMs, redisMs } = await beside()
    const oursMs = server.cpuMs + generator.cpuMs + nodesMs + redisMs
    const machine = watch.stop(oursMs + (user + system) / 1_000)
    return { value, machine, server, generator }
  }

  /** The CPU time, from now until it is asked for, of all other nodes, and of Redis. */
  async #startBeside() {
    for (const node of this.#others) await node.ask('startMeter', undefined)
    const before = (await this.#redis?.cpuMs()) ?? 0
    return async () => {
      let nodesMs = 0
      for (const node of this.#others)
        nodesMs += (await node.ask('usage', { collect: false })).cpuMs
      return { nodesMs, redisMs: ((await this.#redis?.cpuMs()) ?? 0) - before }
    }
  }
}

interface Middle {
  readonly medianNs: number
  readonly notchNs: number
}

function isSame(a: Middle, b: Middle): boolean {
  const difference = Math.abs(a.medianNs - b.medianNs)
  return (
    difference <= 0.1 * a.medianNs ||
    difference <= Math.hypot(a.notchNs, b.notchNs)
  )
}
