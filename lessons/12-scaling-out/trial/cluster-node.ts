// One node: a process of its own, and its way to Redis.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

import { Link } from '../../requirements/link.ts'
import type { NodeReady, NodeSettings } from './node-process.ts'

const program = fileURLToPath(new URL('node-process.ts', import.meta.url))

/** Where Node looks for tsx. */
const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Longer than a busy machine takes, and than any fault lasts. */
const startMs = 60_000

export class ClusterNode {
  readonly #settings: Omit<NodeSettings, 'port'>
  readonly #link: Link | undefined
  #child: ChildProcess | undefined
  #ready: NodeReady = { url: 'http://127.0.0.1:0/', present: '' }

  private constructor(
    settings: Omit<NodeSettings, 'port'>,
    link: Link | undefined,
  ) {
    this.#settings = settings
    this.#link = link
  }

  static async start(
    settings: Omit<NodeSettings, 'port'>,
  ): Promise<ClusterNode> {
    const { redis } = settings
    const link = redis === undefined ? undefined : await Link.to(new URL(redis))
    const node = new ClusterNode({ ...settings, redis: link?.url.href }, link)
    await node.start()
    return node
  }

  get url(): URL {
    return new URL(this.#ready.url)
  }

  /** Where its feed was when it began. */
  get present(): string {
    return this.#ready.present
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** On the same port as before. Resolves when it can be reached. */
  async start(): Promise<void> {
    const port = Number(this.url.port)
    const settings: NodeSettings = { ...this.#settings, port }
    const child = fork(program, [JSON.stringify(settings)], {
      cwd: root,
      execArgv: ['--import', 'tsx'],
    })
    this.#child = child
    const signal = AbortSignal.timeout(startMs)
    const ended = once(child, 'exit', { signal }).then(([code]) => {
      throw new Error(`A node ended with ${code} before it could be reached.`)
    })
    const [ready] = await Promise.race([once(child, 'message'), ended])
    this.#ready = ready as NodeReady
    ended.catch(() => {}) // From now on it may.
  }

  /** It has no time to say goodbye. */
  async kill(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode)
      return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  /** It stands still, and its connections stay open. */
  pause(): void {
    this.#child?.kill('SIGSTOP')
  }

  resume(): void {
    this.#child?.kill('SIGCONT')
  }

  /** Its way to Redis carries nothing any more. */
  cutOff(): void {
    if (this.#link === undefined) return
    this.#link.bytesUntilCut = () => 0
    this.#link.cut()
  }

  letIn(): void {
    if (this.#link) this.#link.bytesUntilCut = () => Infinity
  }

  async close(): Promise<void> {
    await this.kill()
    await this.#link?.close()
  }
}
