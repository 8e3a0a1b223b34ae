// A Redis for this process alone, on a free port, which ends with it.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { findProgram } from '../shared/find-program.ts'

/** Longer than a busy machine takes. */
const startMs = 20_000

const programs = ['redis-server', 'valkey-server'] as const

/** The path of a Redis or a Valkey that is installed here. */
export function findRedis(): string | undefined {
  return programs.map((name) => findProgram(name)).find(Boolean)
}

/** How to get one, as a sentence. */
export const howToGetRedis =
  'There is no redis-server here. Get one by "apt install redis-server", "brew install redis" or "docker run -p 6379:6379 redis:7", the last with REDIS_URL=redis://127.0.0.1:6379.'

export class RedisServer implements AsyncDisposable {
  readonly url: URL
  readonly #program: string
  readonly #flags: readonly string[]
  readonly #folder: string
  #child: ChildProcess | undefined

  /**
   * @param keeps `nothing` writes no byte to the disk; `everything` has each
   *   message on it before it is answered
   * @throws Error with a sentence when there is none here, or it does not start
   */
  static async start(
    keeps: 'nothing' | 'everything' = 'nothing',
  ): Promise<RedisServer> {
    const program = findRedis()
    if (program === undefined) throw new Error(howToGetRedis)
    const server = new RedisServer(program, await freePort(), keeps)
    await server.startAgain()
    return server
  }

  private constructor(program: string, port: number, keeps: string) {
    this.url = new URL(`redis://127.0.0.1:${port}`)
    this.#program = program
    this.#folder = mkdtempSync(join(tmpdir(), 'workbook-redis-'))
    this.#flags = [
      ...['--port', `${port}`, '--bind', '127.0.0.1', '--save', ''],
      ...['--dir', this.#folder, '--appendfsync', 'always'],
      ...['--appendonly', keeps === 'everything' ? 'yes' : 'no'],
    ]
  }

  /** On the same port, with what it had on the disk, or without. */
  async startAgain(how?: 'without its data'): Promise<void> {
    if (how) for (const name of readdirSync(this.#folder)) this.#remove(name)
    const child = spawn(this.#program, this.#flags, {
      stdio: ['ignore', 'pipe', 'inherit'],
      windowsHide: true,
    })
    this.#child = child
    process.on('exit', this.#end)
    const late = AbortSignal.timeout(startMs)
    let told = ''
    for await (const text of child.stdout.setEncoding('utf8').iterator({
      destroyOnReturn: false,
    })) {
      told += text
      if (/Ready to accept connections/.test(told) || late.aborted) break
    }
    child.stdout.resume() // What it tells later is nobody's concern.
    if (!/Ready to accept connections/.test(told))
      throw new Error(`${this.#program} does not start:\n${told}`)
  }

  /** It has no time to put anything in order. */
  async kill(): Promise<void> {
    const child = this.#child
    if (child === undefined) return
    this.#child = undefined
    process.off('exit', this.#end)
    if (child.exitCode !== null || child.signalCode !== null) return
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

  async close(): Promise<void> {
    await this.kill()
    this.#remove('.')
  }

  #remove(name: string): void {
    rmSync(join(this.#folder, name), { recursive: true, force: true })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  readonly #end = () => {
    this.#child?.kill('SIGKILL')
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
