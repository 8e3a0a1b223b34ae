// A proxy for this process alone: with files of its own, and ended with it. One
// that runs on the machine already is left alone.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { sleep } from '../shared/sleep.ts'

/** Longer than a busy machine takes. */
const patienceMs = 20_000

/** Its files, by their names. */
export type Files = Readonly<Record<string, string>>

export class Program implements AsyncDisposable {
  readonly #name: string
  readonly #folder: string
  readonly #child: ChildProcess
  #told = ''

  /**
   * Starts it in a folder of its own, which goes with it.
   *
   * @param path where the program is
   * @param fill puts its files into the folder
   */
  constructor(
    path: string,
    flags: readonly string[],
    fill: (folder: string) => void,
    env: Readonly<Record<string, string>> = {},
  ) {
    this.#name = path.split('/').at(-1) ?? path
    this.#folder = mkdtempSync(join(tmpdir(), `workbook-${this.#name}-`))
    // Workers of another user could not read it.
    chmodSync(this.#folder, 0o700)
    fill(this.#folder)
    this.#child = spawn(path, flags, {
      cwd: this.#folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...env },
    })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#told += text
      this.#child.emit('told')
    })
    process.on('exit', this.#end)
  }

  signal(name: NodeJS.Signals): void {
    this.#told = ''
    this.#child.kill(name)
  }

  /** @throws Error with what it said instead, when it does not say this soon */
  async tells(pattern: RegExp): Promise<void> {
    const late = AbortSignal.timeout(patienceMs)
    while (!pattern.test(this.#told)) {
      if (this.#child.exitCode !== null || late.aborted)
        throw new Error(
          `${this.#name} does not do as it should:\n${this.#told}`,
        )
      await Promise.race([
        once(this.#child, 'told', { signal: late }).catch(() => {}),
        once(this.#child, 'close', { signal: late }).catch(() => {}),
      ])
    }
  }

  /** Resolves when somebody can connect to it. @throws Error as `tells` */
  async accepts(port: number): Promise<void> {
    const late = AbortSignal.timeout(patienceMs)
    while (!(await isOpen(port))) {
      if (this.#child.exitCode !== null || late.aborted)
        throw new Error(`${this.#name} does not listen:\n${this.#told}`)
      await sleep(10)
    }
  }

  async close(): Promise<void> {
    process.off('exit', this.#end)
    const { exitCode, signalCode } = this.#child
    if (exitCode === null && signalCode === null) {
      const ended = once(this.#child, 'close')
      this.#child.kill('SIGTERM') // At once: its workers end with it.
      await ended
    }
    rmSync(this.#folder, { recursive: true, force: true })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  readonly #end = () => {
    this.#child.kill('SIGTERM')
  }
}

/** Writes `files` for this user alone: a key may be among them. */
export function write(folder: string, files: Files): void {
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(folder, name), text, { mode: 0o600 })
}

function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  return new Promise((resolve) => {
    socket.on('connect', () => resolve(true))
    socket.on('error', () => resolve(false))
  }).finally(() => socket.destroy()) as Promise<boolean>
}

/** A port that was free just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
