// A process of a run: fresh for each one, asked through calls, ended with it.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

import { Caller, type Handlers } from './calls.ts'

/** What runs a program somewhere else, such as in a network of its own. */
export interface Prefix {
  readonly command: string
  readonly args: readonly string[]
}

export interface ChildOptions {
  /** What the child's `process.argv[2]` holds, as JSON. */
  readonly settings: unknown
  readonly signal: AbortSignal
  readonly prefix?: Prefix
  /** `SIGTERM` for one that has to end programs of its own: `SIGKILL`, if absent. */
  readonly endBy?: NodeJS.Signals
}

export class BenchProcess<H extends Handlers> implements AsyncDisposable {
  readonly #child: ChildProcess
  readonly #caller: Caller<H>
  readonly #ready: Promise<void>
  readonly #signal: AbortSignal
  readonly #end: () => void
  #errors = ''

  /** @param file in this folder */
  constructor(
    file: string,
    { settings, signal, prefix, endBy = 'SIGKILL' }: ChildOptions,
  ) {
    const program = fileURLToPath(new URL(file, import.meta.url))
    const args = ['--import', 'tsx', '--expose-gc', program]
    const command = [process.execPath, ...args, JSON.stringify(settings)]
    const [first = '', ...rest] = prefix
      ? [prefix.command, ...prefix.args, ...command]
      : command
    this.#signal = signal
    this.#end = () => this.#child.kill(endBy)
    this.#child = spawn(first, rest, {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.#caller = new Caller((call) => this.#child.send(call, () => {}))
    this.#child.stderr?.on('data', (chunk) => {
      this.#errors = `${this.#errors}${chunk}`.slice(-2_000)
    })
    this.#child.on('error', () => {}) // 'exit' or the deadline tells.
    this.#ready = new Promise((resolve, reject) => {
      this.#child.on('message', (message) => {
        if (message === 'ready') resolve()
        else this.#caller.hear(message as never)
      })
      // 'close' comes after all that it had to say.
      this.#child.once('close', (code, by) => {
        const why = `${file} ended with ${code ?? by}${causeIn(this.#errors)}`
        this.#caller.end(why)
        reject(new Error(why))
      })
    })
    this.#ready.catch(() => {}) // Whoever asks first is told.
    signal.addEventListener('abort', this.#end)
    if (signal.aborted) this.#end()
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** @throws Error when the process fails, ends, or takes longer than `deadlineMs` */
  async ask<Name extends keyof H & string>(
    name: Name,
    argument: Parameters<H[Name]>[0],
    deadlineMs?: number,
  ): Promise<Awaited<ReturnType<H[Name]>>> {
    await this.#ready
    return this.#caller.ask(name, argument, deadlineMs)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#signal.removeEventListener('abort', this.#end)
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = once(this.#child, 'exit')
    // Nothing in it is worth a goodbye: sockets and memory go with the process.
    this.#end()
    await ended
  }
}

/** The error's own sentence among what Node prints when one ends the process. */
function causeIn(output: string): string {
  const [, sentence] = /^\w*Error(?: \[\w+\])?: (.+)$/m.exec(output) ?? []
  return sentence === undefined ? '.' : `: ${sentence}`
}
