// What the reader's version costs against the lesson's own: five seconds, by
// turns, so that both meet the same machine. The benchmark asks more carefully.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { NumberedExercise } from '../../lessons/exercises.ts'
import { Queue } from '../../lessons/shared/queue.ts'
import { ownModules } from './checks.ts'
import type { GradeRequest } from './messages.ts'
import { root } from './places.ts'

export interface MeasureOrder {
  readonly ms: number
}

export type MeasureMessage =
  | { readonly is: 'ready' }
  | ({ readonly is: 'round' } & Cost)

/** Of server and subscribers together. */
export interface Cost {
  /** Processor time. */
  readonly usPerDelivery: number
  /** On the wire, both ways, for each subscriber. */
  readonly bytesPerMessage: number
}

export interface Comparison {
  readonly yours: Cost
  readonly lessons: Cost
  /** Of the processor time, yours to the lesson's, of each pair of rounds. */
  readonly ratios: readonly number[]
}

const program = fileURLToPath(new URL('measure-process.ts', import.meta.url))
const rounds = 5
const roundMs = 450

/** A process that has not answered by then never will. */
const patienceMs = 15_000

/** Undefined when one of the two came to no end. */
export async function measure(
  exercise: NumberedExercise,
  signal: AbortSignal,
): Promise<Comparison | undefined> {
  await using yours = new Contestant(exercise.lesson, ownModules(exercise))
  await using lessons = new Contestant(exercise.lesson, {})
  const limit = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])
  const both = [yours, lessons] as const
  const stop = () => both.map((one) => one.stop())
  limit.addEventListener('abort', stop)
  try {
    for (const one of both) await one.ready()
    const pairs: [Cost, Cost][] = []
    // The first round is for the compiler.
    for (let round = 0; round <= rounds; round++) {
      const pair: [Cost, Cost] = [await yours.round(), await lessons.round()]
      if (round > 0) pairs.push(pair)
    }
    return {
      yours: middle(pairs.map(([yours]) => yours)),
      lessons: middle(pairs.map(([, lessons]) => lessons)),
      ratios: pairs.map(
        ([yours, lessons]) => yours.usPerDelivery / lessons.usPerDelivery,
      ),
    }
  } catch (error) {
    if (error instanceof NoFigure) return undefined
    throw error
  } finally {
    limit.removeEventListener('abort', stop)
  }
}

/** A process has ended, or was late. */
class NoFigure extends Error {
  override readonly name = 'NoFigure'
}

class Contestant {
  readonly #child: ChildProcess
  readonly #said: AsyncGenerator<MeasureMessage, void, undefined>
  readonly #ended: Promise<unknown>

  constructor(lesson: string, modules: GradeRequest['modules']) {
    this.#child = fork(program, [lesson, JSON.stringify(modules)], {
      cwd: fileURLToPath(root), // Where Node looks for tsx.
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    const said = new Queue<MeasureMessage>()
    this.#child.on('message', (message) => said.put(message as MeasureMessage))
    this.#ended = once(this.#child, 'exit').finally(() => said.end())
    this.#said = said[Symbol.asyncIterator]()
  }

  async ready(): Promise<void> {
    await this.#next()
  }

  /** @throws NoFigure */
  async round(): Promise<Cost> {
    this.#child.send({ ms: roundMs } satisfies MeasureOrder, () => {})
    const message = await this.#next()
    if (message.is !== 'round') throw new NoFigure()
    return message
  }

  stop(): void {
    this.#child.kill('SIGKILL')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
    await this.#ended
  }

  async #next(): Promise<MeasureMessage> {
    const { value, done } = await this.#said.next()
    if (done) throw new NoFigure()
    return value
  }
}

function middle(costs: readonly Cost[]): Cost {
  return {
    usPerDelivery: median(costs.map(({ usPerDelivery }) => usPerDelivery)),
    bytesPerMessage: median(
      costs.map(({ bytesPerMessage }) => bytesPerMessage),
    ),
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
