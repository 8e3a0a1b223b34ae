// Starts the processes of a measurement, asks them, and ends them.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

import type { Command, Count, Reading } from './protocol.ts'

/** A child that answers every message with one. */
class Child<Answer> implements AsyncDisposable {
  readonly #process: ChildProcess
  /** What it says when it is ready. */
  readonly ready: Promise<Answer>

  constructor(file: string, args: readonly string[]) {
    this.#process = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
      execArgv: ['--import', 'tsx', '--expose-gc'],
    })
    this.ready = this.#answer()
  }

  ask(question: Command): Promise<Answer> {
    const answer = this.#answer()
    this.#process.send(question)
    return answer
  }

  /** @throws Error when the process ends instead of answering */
  async #answer(): Promise<Answer> {
    const told = new AbortController()
    const options = { signal: told.signal }
    try {
      return await Promise.race([
        once(this.#process, 'message', options).then(([answer]) => answer),
        once(this.#process, 'exit', options).then(([code]) => {
          throw new Error(`A process of the measurement ended with ${code}.`)
        }),
      ])
    } finally {
      told.abort()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null) return
    const ended = once(this.#process, 'exit')
    this.#process.kill()
    await ended
  }
}

/** @param module what exports `serve`, relative to this folder */
export function startServerProcess(module: string): Child<Reading> {
  return new Child('server-process.ts', [module])
}

/** @param count how many connections it opens before it is ready */
export function startReaderProcess(port: number, count: number): Child<Count> {
  return new Child('reader-process.ts', [String(port), String(count)])
}
