// A command of the workbook that a test runs as its users do.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** How long a test waits for a line or the end, before it says what came instead, unless it names another time. */
export const usualPatienceMs = 30_000

/** For vitest's `skip`: whether to, and why. */
export function onWindows(reason: string): [boolean, string] {
  return [process.platform === 'win32', `on Windows ${reason}`]
}

/** Runs `node` with tsx in the workbook's folder; ends with the test. */
export function runCommand(...args: string[]): RunningCommand {
  return runCommandIn(root, args)
}

/**
 * What to do when the test has finished. Of tests that run side by side each
 * has its own, in its context: vitest's import takes one of them for another.
 */
export type OnFinished = (finish: () => void) => void

/** The same in another folder, such as a copy of the workbook. */
export function runCommandIn(
  cwd: string,
  args: readonly string[],
  onFinished: OnFinished = onTestFinished,
): RunningCommand {
  const env = { ...process.env }
  // Vitest sets it, and it would put colours into what is compared.
  delete env.FORCE_COLOR
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
    cwd,
    env,
    windowsHide: true,
  })
  onFinished(() => {
    child.kill('SIGKILL')
  })
  return new RunningCommand(child)
}

/** Its output so far, and what it will print. */
export class RunningCommand {
  readonly child: ChildProcess
  stdout = ''
  stderr = ''
  readonly #closed: Promise<unknown[]>

  constructor(child: ChildProcess) {
    this.child = child
    this.#closed = once(child, 'close')
    child.stdin?.on('error', () => {}) // It may end before it has read all.
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text
      child.emit('output')
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text
      child.emit('output')
    })
  }

  /** The lines of stdout, each parsed as JSON. */
  get objects(): Record<string, unknown>[] {
    const lines = this.stdout.split('\n').filter((line) => line !== '')
    return lines.map((line) => JSON.parse(line))
  }

  /** Gives it all of its stdin. */
  input(bytes: string | Uint8Array): this {
    this.child.stdin?.end(bytes)
    return this
  }

  /** Resolves with the match as soon as stdout has it. */
  async prints(
    pattern: RegExp,
    patienceMs = usualPatienceMs,
  ): Promise<RegExpExecArray> {
    const signal = AbortSignal.timeout(patienceMs)
    for (;;) {
      const match = pattern.exec(this.stdout)
      if (match) return match
      const output = once(this.child, 'output', { signal })
      const ended = this.#closed.then(() => 'ended')
      const what = await Promise.race([output, ended]).catch(() => 'is late')
      if (typeof what === 'string' && !pattern.test(this.stdout))
        throw new Error(`The command ${what} without ${pattern}: ${this.all}`)
    }
  }

  /** The address that its server tells. */
  async url(): Promise<URL> {
    const [url] = await this.prints(/https?:\/\/[\w.:]+\//)
    return new URL(url)
  }

  /** Resolves with its exit code. */
  async ends(patienceMs = usualPatienceMs): Promise<unknown> {
    let late: NodeJS.Timeout | undefined
    const tooLate = new Promise<never>((_, reject) => {
      late = setTimeout(() => {
        reject(new Error(`The command does not end: ${this.all}`))
      }, patienceMs)
    })
    try {
      const [code] = await Promise.race([this.#closed, tooLate])
      return code
    } finally {
      clearTimeout(late)
    }
  }

  get all(): string {
    return `\n${this.stdout}${this.stderr}`
  }
}
