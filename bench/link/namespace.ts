// Packets that are really lost: a private network of Linux, in which nft drops
// them at random and TCP has to cope. The way there is a loopback, so every
// repair finds an RTT of next to nothing: for distance, put a link into it.

import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A program and the arguments that come before those of the one it runs. */
export interface Prefix {
  readonly command: string
  readonly args: string[]
}

/**
 * Keeps the network as long as someone holds its stdin: it ends with its
 * parent, however that ends. Packets are those of Ethernet; loopback's own
 * would hold 64 KiB, and each loss take 45 segments at once.
 */
const keep =
  'ip link set lo mtu 1500 gso_max_segs 1 up && echo ready && exec cat'

/** The counter outlives its rules, so that new rules do not start it again. */
const setUp = `
  add table inet link
  add counter inet link dropped
  add chain inet link arriving { type filter hook input priority 0; }
`

export class PrivateNetwork implements AsyncDisposable {
  /** What runs a program inside, with its standard streams and its IPC. */
  readonly enter: Prefix
  readonly #keeper: ReturnType<typeof startKeeper>
  readonly #percents = new Map<number, number>()

  private constructor(keeper: ReturnType<typeof startKeeper>) {
    this.#keeper = keeper
    const args = ['--target', String(keeper.pid), '--net']
    // Who is not root may only enter together with the user namespace.
    if (!isRoot()) args.push('--user', '--preserve-credentials')
    this.enter = { command: 'nsenter', args }
  }

  static async open(): Promise<PrivateNetwork> {
    const keeper = startKeeper()
    await ready(keeper)
    const network = new PrivateNetwork(keeper)
    try {
      await network.#nft(setUp)
    } catch (error) {
      await network.close()
      throw error
    }
    return network
  }

  /**
   * From now on, `percent` of the packets from and to this TCP port are lost.
   * No one needs to use the port yet, and connections that do are hit too.
   */
  async dropPackets(port: number, percent: number): Promise<void> {
    this.#percents.set(port, percent)
    const rules = [...this.#percents].flatMap(([each, share]) =>
      ['sport', 'dport'].map(
        (side) =>
          // Where they arrive: what is dropped on leaving, TCP hears of.
          `add rule inet link arriving tcp ${side} ${each} numgen random mod 100000 < ${Math.round(share * 1_000)} counter name dropped drop`,
      ),
    )
    // One transaction: no packet finds only half of the rules.
    await this.#nft(['flush chain inet link arriving', ...rules].join('\n'))
  }

  /** How many packets have been lost so far. */
  async dropped(): Promise<number> {
    const { command, args } = this.enter
    const list = ['nft', '-j', 'list', 'counter', 'inet', 'link', 'dropped']
    const { stdout } = await run(command, [...args, ...list])
    const { nftables } = JSON.parse(stdout) as {
      nftables: { counter?: { packets: number } }[]
    }
    return nftables.find(({ counter }) => counter)?.counter?.packets ?? 0
  }

  /** The network is gone as soon as the programs inside have ended, too. */
  async close(): Promise<void> {
    if (this.#keeper.exitCode !== null || this.#keeper.signalCode) return
    const exited = once(this.#keeper, 'exit')
    this.#keeper.stdin.end()
    await exited
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #nft(script: string): Promise<void> {
    const { command, args } = this.enter
    const running = run(command, [...args, 'nft', '-f', '-'])
    running.child.stdin?.on('error', () => {}) // Its exit says why.
    running.child.stdin?.end(script)
    await running
  }
}

/** Nothing where `PrivateNetwork` works, else one sentence: what is missing. */
export async function whyNoPrivateNetwork(): Promise<string | undefined> {
  if (process.platform !== 'linux')
    return 'A private network needs Linux: by=nft works nowhere else.'
  for (const [command, version, name] of [
    ['unshare', '--version', 'util-linux'],
    ['nsenter', '--version', 'util-linux'],
    ['ip', '-Version', 'iproute2'],
    ['nft', '--version', 'nftables'],
  ] as const) {
    try {
      await run(command, [version])
    } catch {
      return `A private network needs ${command}: apt-get install ${name}.`
    }
  }
  try {
    await using _ = await PrivateNetwork.open()
  } catch (error) {
    const why = `${error}`.trim().split('\n').at(-1)
    return `This system permits no private network (${why}): run as root, or allow user namespaces.`
  }
  return undefined
}

function isRoot(): boolean {
  return process.geteuid?.() === 0
}

function startKeeper() {
  const flags = isRoot() ? ['--net'] : ['--map-root-user', '--net']
  return spawn('unshare', [...flags, 'sh', '-c', keep], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Out of reach of Ctrl-C: who is stopped so may still have work inside.
    detached: true,
  })
}

/** Resolves when the network is there, rejects with what was said instead. */
async function ready(keeper: ReturnType<typeof startKeeper>): Promise<void> {
  let said = ''
  keeper.stderr.setEncoding('utf8').on('data', (text) => {
    said += text
  })
  const [answer] = await Promise.race([
    once(keeper.stdout, 'data'),
    once(keeper, 'close'),
  ])
  if (`${answer}` !== 'ready\n')
    throw new Error(said.trim() || `unshare ended with ${answer}`)
}
