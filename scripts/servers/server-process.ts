// A process of `npm start`: it says what it does on a channel, and ends when
// that is closed, whether somebody closed it or died.
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface ServerProcessOptions<Said> {
  readonly args?: readonly string[]
  /** It reads the stdin of this process. */
  readonly stdin?: boolean
  /** Takes what it says. */
  readonly hear: (said: Said) => void
}

export class ServerProcess<Said, Told = never> {
  /** Resolves when it has ended and all it said was heard: `ended with code 1`, `was ended by SIGKILL`. */
  readonly ended: Promise<Ending>
  readonly #child: ChildProcess

  /** @param file of this folder's parent, such as `site-server.ts` */
  constructor(
    file: string,
    { args = [], stdin = false, hear }: ServerProcessOptions<Said>,
  ) {
    const program = fileURLToPath(new URL(`../${file}`, import.meta.url))
    const command = ['--import', 'tsx', program, ...args]
    this.#child = spawn(process.execPath, command, {
      cwd: root, // Where Node looks for tsx.
      // What edited code prints is for who edits it.
      stdio: [stdin ? 'inherit' : 'ignore', 'inherit', 'inherit', 'ipc'],
      windowsHide: true,
    })
    this.#child.on('message', (said) => hear(said as Said))
    this.ended = new Promise((resolve) => {
      this.#child.on('error', ({ message }) => {
        resolve({ how: `could not start: ${message}`, killed: false })
      })
      this.#child.once('exit', (code, signal) => {
        const killed = signal !== null
        const how = killed
          ? `was ended by ${signal}`
          : `ended with code ${code}`
        const settle = () => resolve({ how, killed })
        // Not 'close', which never comes once this side has left the channel.
        if (this.#child.connected) this.#child.once('disconnect', settle)
        else settle()
      })
    })
  }

  tell(told: Told): void {
    // It may have ended since: `ended` tells.
    if (this.#child.connected) this.#child.send(told as object, () => {})
  }

  /** Resolves when it has ended, which it may take `graceMs` for. */
  async end(graceMs: number): Promise<void> {
    if (this.#child.connected) this.#child.disconnect()
    const late = setTimeout(() => this.#child.kill('SIGKILL'), graceMs)
    await this.ended
    clearTimeout(late)
  }
}

/** How a process has ended. */
export interface Ending {
  /** What follows its name in a sentence. */
  readonly how: string
  /** By somebody else. */
  readonly killed: boolean
}
