// Calls from the parent to a child process and their answers, typed on both sides.

/** What a child can be asked: each with one argument, and an answer. */
export type Handlers = Record<string, (argument: never) => unknown>

/** A call of the parent. */
interface Call {
  readonly call: number
  readonly name: string
  readonly argument: unknown
}

/** The answer to it. */
interface Answer {
  readonly call: number
  readonly value?: unknown
  readonly error?: string
}

/** In the child: answers calls until the parent is gone, then ends the process. */
export function answerCalls(handlers: Handlers): void {
  process.on('message', async ({ call, name, argument }: Call) => {
    const handler = handlers[name] as
      | ((argument: unknown) => unknown)
      | undefined
    try {
      if (handler === undefined) throw new Error(`Nobody answers "${name}".`)
      reply({ call, value: await handler(argument) })
    } catch (error) {
      reply({ call, error: String((error as Error).stack ?? error) })
    }
  })
  // Also when the parent was killed: no process stays behind.
  process.on('disconnect', () => process.exit())
  process.send?.('ready')
}

function reply(answer: Answer): void {
  if (process.connected) process.send?.(answer)
}

/** In the parent: the handlers of a child, as functions that wait for the answer. */
export class Caller<H extends Handlers> {
  readonly #send: (call: Call) => void
  readonly #waiting = new Map<number, (answer: Answer) => void>()
  #calls = 0
  #gone: string | undefined

  constructor(send: (call: Call) => void) {
    this.#send = send
  }

  /**
   * @throws Error when the child fails, has ended, or does not answer in time
   */
  ask<Name extends keyof H & string>(
    name: Name,
    argument: Parameters<H[Name]>[0],
    deadlineMs = 30_000,
  ): Promise<Awaited<ReturnType<H[Name]>>> {
    return new Promise((resolve, reject) => {
      if (this.#gone) return reject(new Error(this.#gone))
      const call = ++this.#calls
      const late = setTimeout(() => {
        this.#waiting.delete(call)
        reject(new Error(`No answer to "${name}" within ${deadlineMs} ms.`))
      }, deadlineMs)
      this.#waiting.set(call, ({ error, value }) => {
        clearTimeout(late)
        this.#waiting.delete(call)
        if (error === undefined) resolve(value as Awaited<ReturnType<H[Name]>>)
        else reject(new Error(error))
      })
      this.#send({ call, name, argument })
    })
  }

  /** Takes what the child has sent. */
  hear(answer: Answer): void {
    this.#waiting.get(answer.call)?.(answer)
  }

  /** Nobody will answer any more. */
  end(why: string): void {
    this.#gone = why
    for (const [call, settle] of this.#waiting) settle({ call, error: why })
  }
}
