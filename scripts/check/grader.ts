// Grades an exercise in a process of its own, and says how it went, whatever
// that process does.
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type {
  Failure,
  Graded,
  GradeRequest,
  GraderMessage,
  GraderOrder,
} from './messages.ts'
import { root } from './places.ts'
import { debuggerFlag, whereBusy } from './where-busy.ts'

const program = fileURLToPath(new URL('grader-process.ts', import.meta.url))

/** How often the process is asked whether it still answers. */
const pingMs = 500

/** Unanswered for so long, it runs in circles. Checks keep it busy for a tenth of that. */
const busyMs = 4_000

/** What it may take to start, before it answers at all. */
const startMs = 30_000

/** Of what the reader's code prints. */
const keptCharacters = 4_000

export interface GradeObserver {
  /** A check begins. */
  begins?(check: string): void
  /** A check has ended. */
  graded?(graded: Graded): void
}

/** How a grading went. */
export interface Verdict {
  readonly graded: readonly Graded[]
  /** The check during which the process ended, if one was running. */
  readonly during?: string
  /** What kept the checks from going on. */
  readonly failure?: Failure
  /** What the reader's code printed meanwhile. */
  readonly printed: string
}

export class Grader {
  readonly #child: ChildProcess
  /** Where the reader's files are. */
  readonly #folder: URL
  readonly #ended: Promise<string>
  #hear: (message: GraderMessage) => void = () => {}
  #printed = ''
  #ready = false

  /** Starts the process: it loads what does not change while it waits for the order. */
  constructor(lesson: string) {
    this.#folder = new URL(`lessons/${lesson}/exercise/`, root)
    this.#child = spawn(
      process.execPath,
      [debuggerFlag, '--import', 'tsx', program, lesson, `${process.pid}`],
      {
        cwd: fileURLToPath(root), // Where Node looks for tsx.
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        windowsHide: true,
      },
    )
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#printed = (this.#printed + text).slice(0, keptCharacters)
      })
    this.#child.on('message', (message) => {
      this.#ready = true
      this.#hear(message as GraderMessage)
    })
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', ({ message }) => resolve(message))
      // After all that it printed and said.
      this.#child.once('close', (code, signal) => {
        resolve(signal ? `was ended by ${signal}` : `ended with code ${code}`)
      })
    })
  }

  /** Grades once. `signal` ends it, and the verdict is what is known by then. */
  async grade(
    request: GradeRequest,
    observer: GradeObserver = {},
    signal?: AbortSignal,
  ): Promise<Verdict> {
    const graded: Graded[] = []
    let during: string | undefined
    let failure: Failure | undefined
    let answeredMs = performance.now()
    const done = new Promise<void>((resolve) => {
      this.#hear = (message) => {
        answeredMs = performance.now()
        if (message.is === 'begins') {
          during = message.check
          observer.begins?.(during)
        } else if (message.is === 'graded') {
          const { is: _, ...result } = message
          during = undefined
          graded.push(result)
          observer.graded?.(result)
        } else if (message.is === 'failure') failure = message.failure
        else if (message.is === 'done') resolve()
      }
    })
    let looking = false
    const pings = setInterval(async () => {
      this.#tell({ is: 'ping' })
      const silentMs = performance.now() - answeredMs
      if (looking || silentMs < (this.#ready ? busyMs : startMs)) return
      looking = true
      const printed = this.#printed
      const place = await whereBusy(this.#child, this.#folder)
      this.#printed = printed // Without what the debugger says.
      failure ??= { ...busy, stack: place && [place] }
      this.#child.kill('SIGKILL')
    }, pingMs)
    const stop = () => void this.#child.kill('SIGKILL')
    signal?.addEventListener('abort', stop)
    if (signal?.aborted) stop()
    try {
      this.#tell({ is: 'grade', ...request })
      const how = await Promise.race([done, this.#ended])
      if (typeof how === 'string' && !signal?.aborted)
        failure ??= {
          how: 'ended',
          says: `The process with your code ${how}.`,
          wire: [],
        }
    } finally {
      clearInterval(pings)
      signal?.removeEventListener('abort', stop)
    }
    return { graded, during, failure, printed: this.#printed }
  }

  /** Ends the process. Resolves when it is gone. */
  async close(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#ended
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #tell(order: GraderOrder): void {
    // It may have ended since: `#ended` tells.
    if (this.#child.connected) this.#child.send(order, () => {})
  }
}

const busy: Failure = {
  how: 'busy',
  says: `Your code has kept the process busy for ${busyMs / 1_000} s without a pause. Is there a loop that never ends?`,
  wire: [],
}
